"""The ways to compare as state: modes, their settings, and which pane is in which."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from ssim_viewer.session import intents
from ssim_viewer.session.comparison import (
    NO_COMPARISON,
    SCALES,
    Comparison,
    Mode,
    settings_as_text,
    settings_from_text,
)
from ssim_viewer.session.state import Layout, Look, Session
from ssim_viewer.session.transitions import reduce


def after(*wanted: intents.StateIntent, look: Look | None = None) -> Look:
    session = Session(look=look or Look())
    for intent in wanted:
        session = reduce(session, intent)
    return session.look


@pytest.mark.parametrize("mode", SCALES)
def test_the_setting_of_a_mode_goes_from_end_to_end(mode: Mode) -> None:
    comparison, scale = Comparison(mode), SCALES[mode]
    for fraction, value in ((0.0, scale.low), (1.0, scale.high), (2.0, scale.high)):
        assert getattr(comparison.at(fraction), scale.field) == pytest.approx(value)
    assert comparison.at(0.3).fraction == pytest.approx(0.3)
    assert comparison.stepped(1).stepped(-1).fraction == pytest.approx(comparison.fraction)
    assert comparison.stepped(1).fraction > comparison.fraction


def test_pictures_alone_have_no_setting() -> None:
    assert NO_COMPARISON.stepped(3) == NO_COMPARISON
    assert NO_COMPARISON.value_text() == ""


def test_settings_are_written_and_read() -> None:
    before = Comparison(Mode.OVERLAY, 0.25, across=True, rate=3.0, opacity=0.7, gain=32.0)
    assert settings_from_text(settings_as_text(before)) == replace(before, mode=Mode.ALONE)


@pytest.mark.parametrize("text", ["", "1 2", "0 a b c d", "0 1 1 1 1 1"])
def test_other_text_is_no_setting(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        settings_from_text(text)


def test_a_setting_of_another_hand_is_brought_between_its_ends() -> None:
    wild = Comparison(Mode.BLINK, position=7.0, rate=0.0, opacity=math.nan, gain=-math.inf)
    tame = wild.bounded()
    assert (tame.position, tame.rate) == (1.0, SCALES[Mode.BLINK].low)
    assert (tame.opacity, tame.gain) == (NO_COMPARISON.opacity, NO_COMPARISON.gain)


def test_a_pane_that_shows_the_reference_is_left_alone() -> None:
    look = after(intents.Compare(Comparison(Mode.OVERLAY)))
    modes = [look.comparison_in(pane).mode for pane in range(3)]
    assert modes == [Mode.ALONE, Mode.OVERLAY, Mode.OVERLAY]


def test_one_pane_can_have_a_mode_of_its_own() -> None:
    look = after(intents.SetWipe(0.4), intents.CompareInPane(2, Mode.BLINK))
    assert [look.comparison_in(pane).mode for pane in (1, 2)] == [Mode.WIPE, Mode.BLINK]
    assert after(intents.CompareInPane(2, None), look=look).own_modes == Look().own_modes
    every = after(intents.Compare(Comparison(Mode.OVERLAY)), look=look)
    assert every.comparison_in(2).mode is Mode.OVERLAY


def test_a_divider_that_is_dragged_in_one_pane_starts_no_wipe_in_the_others() -> None:
    look = after(intents.CompareInPane(2, Mode.WIPE), intents.SetWipe(0.2))
    assert look.comparison_in(1).mode is Mode.ALONE
    assert look.comparison_in(2).position == 0.2


def test_one_pane_is_shown_alone_and_the_layout_comes_back() -> None:
    look = after(intents.FocusPane(4))
    assert look.shown_panes == (4,)
    look = after(intents.FocusPane(4), look=look)
    assert (look.layout, look.active) == (Layout.SIX, 4)


def test_over_and_under_shows_both_images_alone() -> None:
    look = after(intents.SetWipe(0.4), intents.ShowBeside(Layout.STACKED))
    assert look.visible == Look().panes[:2]
    assert (look.layout.rows, look.layout.columns) == (2, 1)
    assert look.comparison.mode is Mode.ALONE
