"""How the experiments with windows of their own change: pure functions, one set for all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ssim_viewer.session.plate import Plate, PlateSettings, plate_course, plate_end, plate_progress
from ssim_viewer.session.race import Race, RaceSettings, race_course, race_end, race_progress
from ssim_viewer.session.state import Notice, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssim_viewer.session.lanes import Course, Lane, RunUpdate
    from ssim_viewer.session.state import Session

Which = Literal["plate", "race"]
Settings = PlateSettings | RaceSettings

_NEW: dict[Which, type[Plate] | type[Race]] = {"plate": Plate, "race": Race}


def bench_of(session: Session, which: Which) -> Plate | Race:
    """Return an experiment; one whose window was never opened is as it is at first."""
    bench: Plate | Race | None = getattr(session, which)
    return bench if bench is not None else _NEW[which]()


def opened_bench(session: Session, which: Which) -> Session:
    """Return the session with the experiment, as it was left or new."""
    return _with(session, which)


def set_up(session: Session, which: Which, settings: Settings) -> Session:
    """Return the session with other settings; what is on screen stays until it begins anew."""
    return _with(session, which, settings=settings)


def told(session: Session, which: Which, text: str, severity: Severity = Severity.ERROR) -> Session:
    """Return the session with a notice in the experiment's window, or without one."""
    return _with(session, which, notice=Notice(text, severity) if text else None)


def begun(session: Session, which: Which) -> Session:
    """Return the session with the runs of the settings, none of which has made a step."""
    pair = session.document.pair
    if pair is None:
        return session
    settings, ssim = bench_of(session, which).settings, session.document.metric
    if isinstance(settings, PlateSettings):
        course = plate_course(settings, pair, ssim)
    else:
        course = race_course(settings, pair, ssim)
    return _with(session, which, course=course, notice=None)


def under_way(session: Session, which: Which, *, on: bool) -> Session:
    """Return the session while the runs are under way, or after."""
    return _with(session, which, playing=on)


def cleared(session: Session, which: Which) -> Session:
    """Return the session without the runs."""
    return _with(session, which, course=None, playing=False, notice=None)


def moved(
    session: Session, which: Which, found: Mapping[str, RunUpdate], ends: Mapping[str, str]
) -> Session:
    """Return the session after its runs have moved.

    Parameters
    ----------
    found
        What was seen of each run that has moved.
    ends
        The problem of each run that has ended, "" for one that simply can go no further.
    """
    course = bench_of(session, which).course
    if course is None:
        return session
    problems: dict[str, None] = {}
    for name, update in found.items():
        course = course.with_lane(course.lane(name).seen(update))
        if update.context is not None:
            course = replace(course, context=update.context)
        problems |= dict.fromkeys(update.problems.values())
    for name, problem in ends.items():
        course = course.with_lane(_ended(course, course.lane(name), problem))
        problems |= {problem: None} if problem else {}
    after = _with(session, which, course=course)
    return told(after, which, " ".join(problems)) if problems else after


def progress(bench: Plate | Race) -> float | None:
    """Return how much is done, or None where that cannot be told."""
    course = bench.course
    if course is None:
        return None
    if isinstance(course.settings, PlateSettings):
        return plate_progress(course.settings, course)
    return race_progress(course.settings, course)


def goes_on(session: Session, which: Which) -> bool:
    """Whether playing goes on with what is on screen; else it begins anew."""
    course = bench_of(session, which).course
    anew = bench_of(begun(session, which), which).course
    return (
        course is not None
        and anew is not None
        and not course.over
        and course.reference.pixels is anew.reference.pixels
        and (course.settings, course.ssim) == (anew.settings, anew.ssim)
    )


def refusal(session: Session, which: Which) -> str:
    """Return why the settings mean nothing, in one sentence, or ""."""
    settings = bench_of(session, which).settings
    if isinstance(settings, PlateSettings):
        a, b = settings.names
        return "Choose two different metrics: one is held while the other moves." if a == b else ""
    return "" if settings.racers else "Choose at least one metric to race."


def _ended(course: Course, lane: Lane, problem: str) -> Lane:
    if problem:
        return replace(lane, ended=problem, failed=True)
    if isinstance(course.settings, PlateSettings):
        return replace(lane, ended=plate_end(course.settings, course, lane))
    return replace(lane, ended=race_end(course.settings, course, lane))


def _with(session: Session, which: Which, **changes: object) -> Session:
    bench = replace(bench_of(session, which), **changes)  # type: ignore[arg-type]  # as given
    return replace(session, **{which: bench})  # type: ignore[arg-type]  # its own field
