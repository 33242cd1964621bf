"""Panes are blinked, laid out and coloured without losing what a person chose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ssim_viewer.metrics import Quantity
from ssim_viewer.session import intents
from ssim_viewer.session.arrangement import blinked, laid_out, with_content, with_scale
from ssim_viewer.session.map_scale import (
    USUAL_SCALE,
    Ends,
    MapScale,
    Reading,
    Table,
    scale_as_text,
    scale_from_text,
)
from ssim_viewer.session.state import Layout, Look, Session
from ssim_viewer.session.transitions import reduce

CHOSEN = MapScale(Ends.CHOSEN, 0.9, 0.98, Reading.DECIBELS, Table.VIRIDIS)


@pytest.mark.parametrize("pane", range(6))
def test_blinking_twice_brings_back_whatever_was_there(pane: int) -> None:
    look = Look()
    once = blinked(look, pane)
    other = Quantity.DISTORTED if pane == 0 else Quantity.REFERENCE
    assert once.panes[pane] is other
    assert once.kept_panes == look.panes
    assert blinked(once, pane).panes == look.panes


def test_another_layout_ends_blinking() -> None:
    assert laid_out(blinked(Look(), 4), Layout.TWO).panes == Look().panes


def test_what_is_chosen_while_a_pane_is_blinked_stays() -> None:
    look = with_content(blinked(Look(), 2), 2, Quantity.CONTRAST)
    assert look.kept_panes[2] is Quantity.CONTRAST


def test_one_pane_alone_is_the_active_one() -> None:
    look = laid_out(with_content(Look(), 4, Quantity.GRADIENT), Layout.ONE)
    assert look.visible == (Quantity.GRADIENT,)
    assert laid_out(look, Layout.SIX).active == 4
    assert laid_out(look, Layout.THREE).active == 2


def test_a_pane_that_is_not_on_screen_becomes_active_only_where_it_can_be_shown() -> None:
    two, one = (Session(look=laid_out(Look(), layout)) for layout in (Layout.TWO, Layout.ONE))
    assert reduce(two, intents.ActivatePane(4)) is two
    assert reduce(one, intents.ActivatePane(4)).look.visible == (Quantity.CONTRAST,)


def test_every_quantity_has_colours_of_its_own() -> None:
    look = with_scale(Look(), Quantity.SSIM, CHOSEN)
    assert look.scale_of(Quantity.SSIM) == CHOSEN
    assert look.scale_of(Quantity.CONTRAST) == USUAL_SCALE
    assert with_scale(look, Quantity.SSIM, USUAL_SCALE).scales == ()


def test_a_scale_is_the_same_after_it_was_written_and_read() -> None:
    assert scale_from_text(scale_as_text(CHOSEN)) == CHOSEN


@pytest.mark.parametrize("text", ["", "x", "usual range|0|1|value", "chosen ends|1|0|value|grey"])
def test_what_is_no_scale_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reason will do
        scale_from_text(text)


@pytest.mark.parametrize("reading", list(Reading))
@pytest.mark.parametrize("value", [-0.5, 0.0, 0.5, 0.99])
def test_what_is_shown_leads_back_to_the_value(reading: Reading, value: float) -> None:
    assert reading.of_shown(reading.shown(value)) == pytest.approx(value)


def test_a_locked_scale_is_that_of_all_maps_in_the_same_unit() -> None:
    locked = replace(CHOSEN, locked=True)
    look = with_scale(Look(), Quantity.CONTRAST, locked)
    similar = (Quantity.SSIM, Quantity.LUMINANCE, Quantity.CONTRAST, Quantity.STRUCTURE)
    assert {look.scale_of(each) for each in similar} == {locked}
    assert look.scale_of(Quantity.SIGNED_DIFFERENCE) == USUAL_SCALE
    free = with_scale(look, Quantity.SSIM, CHOSEN)
    assert {free.scale_of(each) for each in similar} == {CHOSEN}
    alone = with_scale(free, Quantity.SSIM, USUAL_SCALE)
    assert alone.scale_of(Quantity.CONTRAST) == CHOSEN


def test_both_differences_are_locked_together() -> None:
    look = with_scale(Look(), Quantity.ABSOLUTE_DIFFERENCE, replace(CHOSEN, locked=True))
    assert look.scale_of(Quantity.SIGNED_DIFFERENCE).locked
    assert not look.scale_of(Quantity.GRADIENT).locked
    assert not look.scale_of(Quantity.REFERENCE).locked


def test_lock_and_marks_are_written_and_read() -> None:
    every: list[dict[str, Any]] = [{"locked": True}, {"marked": True}]
    for flags in (*every, {"locked": True, "marked": True}):
        scale = replace(CHOSEN, **flags)
        assert scale_from_text(scale_as_text(scale)) == scale
