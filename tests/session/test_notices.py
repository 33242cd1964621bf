"""A notice goes when it is not true any more, and only then."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from ssim_viewer.features.climb import changes
from ssim_viewer.images import align_pair, image_from_array
from ssim_viewer.session import intents, opening, transitions
from ssim_viewer.session.state import Opened, Session, Severity, Subject
from ssim_viewer.session.store import Store
from ssim_viewer.synthesis import Step
from tests.ui.sessions import session_of


def other_pair(session: Session) -> Session:
    first, second = (image_from_array(np.full((16, 16), x, np.uint8), str(x)) for x in (1, 2))
    return opening.paired(session, Opened(first, second), align_pair(first, second))


def other_metric(session: Session) -> Session:
    metric = replace(session.document.metric, sigma=session.document.metric.sigma + 1)
    return transitions.reduce(session, intents.ChangeMetric(metric))


def another_step(session: Session) -> Session:
    return changes.advanced(session, [Step(0, np.zeros((16, 16)), 0.5, 9.0, 1.0, 1.0)])


@pytest.mark.parametrize(
    ("subject", "change", "stays"),
    [
        (Subject.EVENT, other_metric, True),
        (Subject.PAIR, other_metric, True),
        (Subject.MEASUREMENT, other_metric, False),
        (Subject.MEASUREMENT, another_step, True),
        (Subject.RUN, other_metric, True),
        (Subject.RUN, another_step, False),
        (Subject.PAIR, another_step, True),
    ],
)
def test_a_notice_goes_with_its_subject(subject: Subject, change: object, stays: bool) -> None:
    store = Store(other_pair(Session()))
    notified = partial(
        transitions.notified, text="So it is.", severity=Severity.ERROR, subject=subject
    )
    store.apply(notified)
    assert callable(change)
    store.apply(change)
    assert (store.session.notice is not None) is stays


def test_that_nothing_could_be_measured_goes_once_something_is() -> None:
    session = session_of()
    assert session.measured is not None
    failed = transitions.notified(session, "It failed.", subject=Subject.MEASUREMENT)
    assert transitions.measured(failed, session.measured).notice is None
    saved = transitions.notified(session, "Saved.", Severity.INFORMATION)
    assert transitions.measured(saved, session.measured).notice is saved.notice
