"""Robustness: which points lack, which ones still count, how they are written."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ssim_viewer.distortions import Kind
from ssim_viewer.features.feature import ViewClosed, ViewOpened
from ssim_viewer.features.robustness import RobustnessFeature
from ssim_viewer.features.robustness.actions import DistortBy, RunCurves
from ssim_viewer.features.robustness.state import (
    ID,
    REACHES,
    Curves,
    Point,
    Robustness,
    RobustnessSettings,
    caption,
    curves_as_rows,
    drawn_metrics,
    missing_points,
    robustness_of,
    share_done,
    strengths,
    subject_of,
    values_in_hand,
    with_point,
)
from ssim_viewer.session.state import Look, Session
from tests.ui.sessions import session_of

FEATURE = RobustnessFeature()


def with_state(session: Session, state: Robustness) -> Session:
    return replace(session, features={ID: state})


def after(session: Session, action: object) -> Session:
    return with_state(session, FEATURE.reduce(FEATURE.state(session), session, action))


def opened(**settings: object) -> Session:
    wanted = replace(RobustnessSettings(), **settings)  # type: ignore[arg-type]  # as named
    return after(after(session_of(), ViewOpened()), DistortBy(wanted))


def measured(session: Session, points: int, value: float = 0.5) -> Session:
    """Return the session after so many points, each metric with the same value."""
    for _ in range(points):
        found = missing_points(session)
        assert found is not None
        subject, strength, _ = found
        values = dict.fromkeys(subject.metrics, value)
        point = Point(subject, strength, values, {})
        session = with_state(session, with_point(robustness_of(session), session, point))
    return session


def test_nothing_lacks_before_the_window_opens_and_after_it_closes() -> None:
    assert missing_points(session_of()) is None
    assert missing_points(after(opened(), ViewClosed())) is None
    assert missing_points(opened()) is not None


def test_the_strength_in_hand_comes_first_then_the_curve_from_coarse_to_fine() -> None:
    session, order = opened(strength=1.3), []
    while (found := missing_points(session)) is not None:
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
    found = missing_points(session)
    assert found is not None
    late = Point(found[0], found[1], {"ssim": 0.1}, {})
    other = after(session, DistortBy(RobustnessSettings(kind=Kind.BLUR)))
    state = robustness_of(other)
    assert with_point(state, other, late) is state


def test_another_strength_keeps_the_curve_and_lacks_only_itself() -> None:
    session = measured(opened(strength=1.0), 33)
    moved = after(session, DistortBy(RobustnessSettings(strength=1.05)))
    found = missing_points(moved)
    assert found is not None
    assert found[1] == 1.05
    assert missing_points(measured(moved, 1)) is None


@pytest.mark.parametrize(
    "changes", [{"kind": Kind.BLUR}, {"of_reference": True}, {"kind": Kind.NOISE, "seed": 2}]
)
def test_another_distortion_begins_anew(changes: dict[str, object]) -> None:
    session = measured(opened(), 5)
    settings = replace(RobustnessSettings(), **changes)  # type: ignore[arg-type]  # as named
    changed = after(session, DistortBy(settings))
    assert share_done(changed) == 0.0
    assert values_in_hand(robustness_of(changed)) == {}


def test_the_seed_matters_to_noise_alone() -> None:
    session = measured(opened(), 5)
    changed = after(session, DistortBy(RobustnessSettings(seed=9)))
    assert share_done(changed) > 0


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
    assert missing_points(replace(opened(), playing=True)) is None


def test_a_metric_that_failed_is_named_and_left_out_of_what_follows() -> None:
    session = opened()
    found = missing_points(session)
    assert found is not None
    problem = {"cw-ssim": "CW-SSIM has no curve: too small."}
    point = Point(found[0], found[1], {"ssim": 0.5}, problem)
    session = with_state(session, with_point(robustness_of(session), session, point))
    notice = robustness_of(session).notice
    assert notice is not None
    assert "CW-SSIM" in notice.text
    again = missing_points(session)
    assert again is not None
    assert again[2] == {"cw-ssim"}


def test_cancelling_keeps_the_points_and_going_on_measures_the_rest() -> None:
    session = after(measured(opened(), 4), RunCurves(on=False))
    assert missing_points(session) is None
    assert 0 < share_done(session) < 1
    assert missing_points(after(session, RunCurves(on=True))) is not None


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
