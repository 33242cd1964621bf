"""Robustness: which points lack, which ones still count, how they are written."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ssim_viewer.distortions import Kind
from ssim_viewer.session import robustness as states
from ssim_viewer.session.robustness import (
    REACHES,
    Curves,
    Point,
    RobustnessSettings,
    caption,
    curves_as_rows,
    drawn_metrics,
    lacking,
    share_done,
    strengths,
    subject_of,
    values_in_hand,
    with_point,
)
from ssim_viewer.session.state import Look, Session
from tests.views.sessions import session_of


def opened(**settings: object) -> Session:
    session = states.opened_robustness(session_of())
    wanted = replace(RobustnessSettings(), **settings)  # type: ignore[arg-type]  # as named
    return states.set_up_robustness(session, wanted)


def measured(session: Session, points: int, value: float = 0.5) -> Session:
    """Return the session after so many points, each metric with the same value."""
    for _ in range(points):
        found = lacking(session)
        assert found is not None
        subject, strength, _ = found
        values = dict.fromkeys(subject.metrics, value)
        session = with_point(session, Point(subject, strength, values, {}))
    return session


def test_nothing_lacks_before_the_window_opens_and_after_it_closes() -> None:
    assert lacking(session_of()) is None
    assert lacking(states.closed_robustness(opened())) is None
    assert lacking(opened()) is not None


def test_the_strength_in_hand_comes_first_then_the_curve_from_coarse_to_fine() -> None:
    session, order = opened(strength=1.3), []
    while (found := lacking(session)) is not None:
        order.append(found[1])
        session = measured(session, 1)
    assert order[:6] == [1.3, 0.0, 8.0, 4.0, 2.0, 6.0]
    assert len(order) == 34
    assert share_done(session) == 1.0


@pytest.mark.parametrize("kind", list(Kind))
def test_every_curve_reaches_from_nothing_to_the_largest_strength(kind: Kind) -> None:
    found = [*strengths(REACHES[kind].largest)]
    assert len(found) == len({*found}) == 33
    assert (min(found), max(found)) == (0.0, REACHES[kind].largest)
    assert 0 < REACHES[kind].first < REACHES[kind].largest


def test_a_point_of_another_distortion_is_dropped() -> None:
    session = opened()
    found = lacking(session)
    assert found is not None
    late = Point(found[0], found[1], {"ssim": 0.1}, {})
    other = states.set_up_robustness(session, RobustnessSettings(kind=Kind.BLUR))
    assert with_point(other, late) is other


def test_another_strength_keeps_the_curve_and_lacks_only_itself() -> None:
    session = measured(opened(strength=1.0), 33)
    moved = states.set_up_robustness(session, RobustnessSettings(strength=1.05))
    found = lacking(moved)
    assert found is not None
    assert found[1] == 1.05
    assert lacking(measured(moved, 1)) is None


@pytest.mark.parametrize(
    "changes", [{"kind": Kind.BLUR}, {"of_reference": True}, {"kind": Kind.NOISE, "seed": 2}]
)
def test_another_distortion_begins_anew(changes: dict[str, object]) -> None:
    session = measured(opened(), 5)
    settings = replace(RobustnessSettings(), **changes)  # type: ignore[arg-type]  # as named
    after = states.set_up_robustness(session, settings)
    assert share_done(after) == 0.0
    assert after.robustness is not None
    assert values_in_hand(after.robustness) == {}


def test_the_seed_matters_to_noise_alone() -> None:
    session = measured(opened(), 5)
    after = states.set_up_robustness(session, RobustnessSettings(seed=9))
    assert share_done(after) > 0


def test_the_curves_are_those_of_the_strip_of_the_climb_and_three_more() -> None:
    session = replace(session_of(), look=Look(metrics=("gmsd",)))
    session = replace(session, document=replace(session.document, driver="ms-ssim"))
    assert drawn_metrics(session) == ("psnr", "ssim", "ms-ssim", "cw-ssim", "gmsd")


def test_the_reference_itself_can_be_distorted() -> None:
    subject = subject_of(opened(of_reference=True))
    assert subject is not None
    assert subject.base is subject.reference
    other = subject_of(opened())
    assert other is not None
    assert other.base is not other.reference


def test_nothing_is_measured_while_a_climb_plays() -> None:
    assert lacking(replace(opened(), playing=True)) is None


def test_a_metric_that_failed_is_named_and_left_out_of_what_follows() -> None:
    session = opened()
    found = lacking(session)
    assert found is not None
    problem = {"cw-ssim": "CW-SSIM has no curve: too small."}
    session = with_point(session, Point(found[0], found[1], {"ssim": 0.5}, problem))
    assert session.robustness is not None
    assert session.robustness.notice is not None
    assert "CW-SSIM" in session.robustness.notice.text
    again = lacking(session)
    assert again is not None
    assert again[2] == {"cw-ssim"}


def test_cancelling_keeps_the_points_and_going_on_measures_the_rest() -> None:
    session = states.running_robustness(measured(opened(), 4), on=False)
    assert lacking(session) is None
    assert 0 < share_done(session) < 1
    assert lacking(states.running_robustness(session, on=True)) is not None


def test_the_table_has_a_row_for_each_strength_in_order() -> None:
    subject = subject_of(opened())
    assert subject is not None
    points = {2.0: {"ssim": 0.5, "psnr": 20.0}, 0.0: {"ssim": 1.0, "psnr": np.inf}}
    head, *rows = curves_as_rows(Curves(subject, points))
    assert head == ["shift to the right / pixels", "PSNR", "MSSIM", "CW-SSIM"]
    assert rows == [[0.0, np.inf, 1.0, ""], [2.0, 20.0, 0.5, ""]]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.TRANSLATION, "translation 1.5 px"),
        (Kind.ROTATION, "rotation 1.5°"),
        (Kind.SCALING, "scaling 1.5 %"),
        (Kind.NOISE, "noise 1.5"),
    ],
)
def test_a_strength_is_told_with_its_unit(kind: Kind, words: str) -> None:
    assert caption(RobustnessSettings(kind=kind), 1.5) == words
