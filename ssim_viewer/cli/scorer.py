"""Runs of pairs into scores, wherever the work is done: here, in another process, on a cluster.

What goes in and what comes out is plain and can be sent. Whatever is wrong with a pair is an
outcome, so that the other pairs go on.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

from ssim_viewer.cli.errors import CommandError
from ssim_viewer.cli.files import read_pair
from ssim_viewer.cli.metric_options import range_as_options
from ssim_viewer.cli.metric_set import ChosenMetrics
from ssim_viewer.compute.memory_budget import BUDGET
from ssim_viewer.images import ImageError, mask_from_image, read_image, write_array
from ssim_viewer.metrics import (
    MapInputs,
    MetricError,
    Quantity,
    evaluate,
    evaluate_masked,
    evaluate_windowless,
    get_map,
    lack_of_room,
)
from ssim_viewer.metrics.bound_cache import BoundMetrics
from ssim_viewer.metrics.maps.builtin_maps import DIFFERENCES
from ssim_viewer.session.difference import Difference
from ssim_viewer.session.provenance import PROGRAM
from ssim_viewer.session.range_words import convention
from ssim_viewer.session.report import ScoreRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.images import Channel, Image, Mask, Pair, Pairing, Profile
    from ssim_viewer.metrics import BoundSsim, Evaluation, Scores, Ssim

    Pixels = NDArray[np.generic]
    Item = TypeVar("Item")
    Result = TypeVar("Result")

OUT_OF_MEMORY = "There is not enough memory for images of this size."


@dataclass(frozen=True, slots=True)
class Settings:
    """How images become pairs, and how those are scored; the mask is read where pairs are.

    With names of metrics, their scores take the place of the usual ones; where `lenient`, one that
    cannot measure an image is NaN and does not cost the pair.
    """

    metric: Ssim
    pairing: Pairing
    names: tuple[str, ...] = ()
    lenient: bool = False
    profile: Profile = "keep"
    mask: Path | None = None
    tells_range: bool = False
    window_given: bool = False


@dataclass(frozen=True, slots=True)
class PairFiles:
    """The files of one pair, the names they have in a report, and the files of its maps.

    The channel is the one that is measured, where each is measured by itself.
    """

    reference: Path
    distorted: Path
    names: tuple[str, str]
    maps: Mapping[str, Path]
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should know of an image: the file tells apart images of one name."""

    file: Path
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair: its row, the convention in words, and what a person should know."""

    row: ScoreRow
    convention: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """One pair that could not be scored, and why in one sentence."""

    names: tuple[str, str]
    sentence: str


PairResult = Scored | Failed


@dataclass(frozen=True, slots=True)
class Done:
    """The outcomes of a run of pairs, in order, and how many seconds they took."""

    outcomes: list[PairResult]
    seconds: float


class Scorer:
    """Scores pairs one after the other; the next pair is read while one is measured.

    The last reference stays read and bound for the pairs that share it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reference: tuple[Path, Image] | None = None
        self._mask_read: Mask | None = None
        self._cache = BoundMetrics(BUDGET)

    def score(self, pairs: Sequence[PairFiles]) -> Done:
        """Return an outcome for each pair."""
        start = time.perf_counter()
        readings = _one_ahead(self._read, pairs)
        outcomes = [self._outcome(*each) for each in zip(pairs, readings, strict=True)]
        return Done(outcomes, time.perf_counter() - start)

    def _read(self, files: PairFiles) -> Pair:
        if self._reference is None or self._reference[0] != files.reference:
            self._reference = None  # let go of the old one before reading the new one
            self._reference = files.reference, self._open(files.reference)
        return read_pair(
            self._reference[1],
            files.distorted,
            self._pairing(files.channel),
            profile=self._settings.profile,
        )

    def _open(self, file: Path) -> Image:
        return read_image(file, profile=self._settings.profile)

    def _pairing(self, channel: Channel | None) -> Pairing:
        """Return how images become pairs; the mask is read once."""
        settings = self._settings
        if settings.mask is not None and self._mask_read is None:
            self._mask_read = mask_from_image(read_image(settings.mask))
        pairing = settings.pairing
        return replace(pairing, mask=self._mask_read, channel=channel or pairing.channel)

    def _outcome(self, files: PairFiles, reading: Future[Pair]) -> PairResult:
        try:
            return self._scored(files, reading.result())
        except (CommandError, ImageError, MetricError) as error:
            sentence = str(error)
        except MemoryError:
            sentence = OUT_OF_MEMORY
        except Exception as error:  # one odd pair must not cost thousands of others
            sentence = f"The pair cannot be scored ({type(error).__name__}: {error})."
        return Failed(files.names, sentence)

    def _scored(self, files: PairFiles, pair: Pair) -> Scored:
        image, metric = pair.distorted, self._metric(pair.reference)
        self._cache.only(pair.reference.pixels)
        words = convention(
            metric,
            image.pixels.shape,
            pair.range_source,
            pair.mask,
            pair.registered,
            channel=pair.channel,
        )
        scores: Scores | dict[str, float] = {}
        notes: tuple[str, ...] = ()
        if files.maps or not self._settings.names:
            found = self._evaluated(pair, metric, files)
            for name, file in files.maps.items():
                values = self._map(name, pair, found)
                write_array(file, values, description=_map_words(files, name, words))
            scores, notes = found.scores, found.notes
        if self._settings.names:
            scores, more = self._choose(pair, metric).measure(image.pixels)
            notes += more
        told = metric.data_range if self._settings.tells_range else None
        size = (image.width, image.height)
        row = ScoreRow(*files.names, *size, scores, told, pair.range_source, words)
        return Scored(row, words, tuple(_notes(files, pair, notes)))

    def _metric(self, reference: Image) -> Ssim:
        return replace(self._settings.metric, data_range=reference.data_range)

    def _evaluated(self, pair: Pair, metric: Ssim, files: PairFiles) -> Evaluation:
        """Return the evaluation; too small an image has the scores that need no window.

        A window that was asked for and fits no image is refused instead, and so are maps.
        """
        reference, distorted = pair.reference.pixels, pair.distorted.pixels
        passed = {q for q in Quantity if q in files.maps and q not in DIFFERENCES}
        if pair.mask is not None:
            return evaluate_masked(metric, reference, distorted, pair.mask, quantities=passed)
        if not (files.maps or self._settings.window_given) and lack_of_room(
            metric, reference.shape
        ):
            return evaluate_windowless(metric, reference, distorted)
        return evaluate(self._bind(pair.reference, metric), distorted, passed)

    def _map(self, name: str, pair: Pair, found: Evaluation) -> Pixels:
        """Return a map: of the pass, a difference over all channels, or that of a plug-in."""
        reference, distorted = pair.reference.pixels, pair.distorted.pixels
        if name in DIFFERENCES:
            absolute = name == Quantity.ABSOLUTE_DIFFERENCE
            return np.asarray(Difference(reference, distorted, absolute=absolute))
        if name in set(Quantity):
            return found.maps[Quantity(name)]
        layer = get_map(name).layer(MapInputs(reference, distorted, found.metric))
        return np.asarray(layer.values, np.float32)

    def _bind(self, reference: Image, metric: Ssim) -> BoundSsim:
        return cast("BoundSsim", self._cache.get(metric, reference.pixels))

    def _choose(self, pair: Pair, metric: Ssim) -> ChosenMetrics:
        names, lenient = self._settings.names, self._settings.lenient
        x = pair.reference.pixels
        return ChosenMetrics(names, metric, x, self._cache, mask=pair.mask, lenient=lenient)


def _map_words(files: PairFiles, name: str, words: str) -> str:
    """Return how a map was made, for its file."""
    reference, distorted = files.names
    images = f"distorted “{distorted}”, reference “{reference}”"
    return f"{PROGRAM}; {name} of {images}; SSIM: {words}"


def score_once(settings: Settings, pairs: Sequence[PairFiles]) -> Done:
    """Score pairs and keep nothing: for a process that belongs to somebody else."""
    return Scorer(settings).score(pairs)


def score_on(settings: Settings, pairs: Sequence[PairFiles]) -> Done:
    """Score pairs and keep the last reference: for a process that scores and does nothing else."""
    return _scorer(settings).score(pairs)


@lru_cache(maxsize=1)
def _scorer(settings: Settings) -> Scorer:
    return Scorer(settings)


def _one_ahead(
    function: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Future[Result]]:
    """Yield the results in order; a thread works on the next one meanwhile."""
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(1, thread_name_prefix="read-ahead") as thread:
        for item in items:
            waiting.append(thread.submit(function, item))
            if len(waiting) > 1:
                yield waiting.popleft()
        yield from waiting


def _notes(files: PairFiles, pair: Pair, said: tuple[str, ...]) -> Iterator[Note]:
    for file, image, more in (
        (files.reference, pair.reference, ()),
        (files.distorted, pair.distorted, (*pair.notes, *said)),
    ):
        for sentence in (*image.notes, *more):
            yield Note(file, image.name, sentence)
    if pair.offer is not None:
        options = range_as_options(pair.offer)
        yield Note(files.distorted, pair.distorted.name, f"The options for that: {options}.")
