"""What the table of candidates knows: which files it judges, and what was found of each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from ssim_viewer.images import AS_THEY_ARE, Pairing
from ssim_viewer.reports.candidates import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from pathlib import Path

    from ssim_viewer.features.candidates.listing import Skipped
    from ssim_viewer.features.feature import Job
    from ssim_viewer.images import Image
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.reports.candidates import CandidateScores
    from ssim_viewer.session.state import Notice, Session

ID = "candidates"


@dataclass(frozen=True, slots=True)
class Standard:
    """What candidates are judged by: scores of another one are measured anew."""

    reference: Image
    metric: Ssim
    others: tuple[str, ...]
    pairing: Pairing = AS_THEY_ARE


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """A file that is to be written, by its name."""

    name: str
    job: Job


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The state of the feature.

    Attributes
    ----------
    files
        The files that were added to the table.
    found
        The scores of each candidate, by its path or image, under `standard`.
    adding
        Files, folders and patterns that are still to be looked through, in their order.
    skipped
        What was there and is not judged, and why.
    running
        Whether missing scores are measured; cancelling stops it.
    exports
        The files that are still to be written, the one that is being written first.
    written
        How much of that one is there, from 0 to 1, once that is known.
    """

    open: bool = False
    running: bool = True
    files: tuple[Path, ...] = ()
    adding: tuple[tuple[Path, ...], ...] = ()
    skipped: tuple[Skipped, ...] = ()
    standard: Standard | None = None
    found: Mapping[Hashable, CandidateScores] = field(default_factory=lambda: MappingProxyType({}))
    exports: tuple[Export, ...] = ()
    written: float | None = None
    notice: Notice | None = None


def candidates_of(session: Session) -> Candidates:
    """Return the state of the feature in a session."""
    return cast("Candidates", session.features.get(ID, Candidates()))


def standard_of(session: Session) -> Standard | None:
    """Return what candidates are judged by now, None without a pair."""
    document = session.document
    if document.opened is None or document.pair is None:
        return None
    others = tuple(name for name in session.look.metrics if name not in ALWAYS)
    opened = document.opened
    return Standard(opened.reference, document.metric, others, opened.pairing)


def keys_of(session: Session) -> tuple[Path | Image, ...]:
    """Return the candidates in order: those that are open, then the files that were added."""
    opened = session.document.opened
    images = () if opened is None else (opened.candidates or (opened.distorted,))
    keys: list[Path | Image] = [each.path or each for each in images]
    keys += [path for path in candidates_of(session).files if path not in keys]
    return tuple(dict.fromkeys(keys))


def image_of(session: Session, key: Path | Image) -> Image | None:
    """Return the image of a candidate, if it is open."""
    opened = session.document.opened
    if opened is None:
        return None
    images = (*opened.candidates, opened.distorted)
    return next((each for each in images if key in (each, each.path)), None)


def scores_of(session: Session) -> Mapping[Hashable, CandidateScores]:
    """Return the scores that are by the present standard."""
    state = candidates_of(session)
    return state.found if state.standard == standard_of(session) else {}


def missing_key(session: Session) -> Path | Image | None:
    """Return the candidate that is to be judged next."""
    state = candidates_of(session)
    if not (state.open and state.running) or standard_of(session) is None or session.playing:
        return None
    found = scores_of(session)
    return next((key for key in keys_of(session) if key not in found), None)


def with_scores(
    state: Candidates, standard: Standard, key: Hashable, scores: CandidateScores
) -> Candidates:
    """Return the state with the scores of one candidate; those of another standard go."""
    before = state.found if state.standard == standard else {}
    return replace(state, standard=standard, found=MappingProxyType({**before, key: scores}))
