"""Results of a study: a line of CSV a trial, written as they come, and what follows from them.

Agreement is of the mean rank of a candidate with a metric: Spearman's SROCC and Kendall's KRCC
(τ-b) over all images and methods. Scores are those of Bradley and Terry (Biometrika 39, 1952), by
the minorisation of Hunter (Annals of Statistics 32, 2004): a rank of three is three comparisons.
"""

from __future__ import annotations

import csv
import io
import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.features.preference_study.design import StudyError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.features.preference_study.design import Trial

FIELDS = ("participant", "trial", "image", "shown", "ranked", "seconds")
NORMAL_95 = 1.959963984540054
BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class Result:
    """What a person answered: the methods from the best to the worst."""

    participant: str
    trial: int
    image: str
    shown: tuple[str, ...]
    ranked: tuple[str, ...]
    seconds: float


def result_of(trial: Trial, participant: str, places: Sequence[int], seconds: float) -> Result:
    """Return the answer to a trial: its places from the best to the worst."""
    ranked = tuple(trial.methods[place] for place in places)
    return Result(participant, trial.number, trial.image, trial.methods, ranked, seconds)


def append_result(path: Path, result: Result) -> None:
    """Add one line to a file, in one write that is brought to the disk.

    Raises
    ------
    StudyError
        It cannot be written.
    """
    try:
        with path.open("ab") as file:
            start = b"" if file.tell() else _line(FIELDS)
            row = (
                result.participant,
                result.trial,
                result.image,
                BETWEEN.join(result.shown),
                BETWEEN.join(result.ranked),
                f"{result.seconds:.3f}",
            )
            file.write(start + _line(row))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StudyError(
            tr(
                "“{name}” could not be written ({strerror}); the answer was not kept.",
                name=path.name,
                strerror=error.strerror,
            )
        ) from None


def read_results(path: Path) -> tuple[Result, ...]:
    """Return the results of a file, () without one; a last line that is cut off is left out."""
    if not path.exists():
        return ()
    found = []
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            shown, ranked = (tuple((row[key] or "").split(BETWEEN)) for key in ("shown", "ranked"))
            try:
                seconds, trial = float(row["seconds"]), int(row["trial"])
            except (TypeError, ValueError):
                continue
            if sorted(shown) == sorted(ranked):
                answer = Result(row["participant"], trial, row["image"], shown, ranked, seconds)
                found.append(answer)
    return tuple(found)


def _line(row: Iterable[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(row)
    return text.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Share:
    """How often something was so, with Wilson's 95 % interval (JASA 22, 1927)."""

    share: float
    low: float
    high: float

    @classmethod
    def of(cls, times: int, count: int) -> Share:
        """Return the share of so many times in so many."""
        if count == 0:
            return cls(math.nan, math.nan, math.nan)
        z2, share = NORMAL_95**2, times / count
        middle = (share + z2 / (2 * count)) / (1 + z2 / count)
        reach = NORMAL_95 * math.sqrt(share * (1 - share) / count + z2 / (4 * count**2))
        reach /= 1 + z2 / count
        return cls(share, max(0.0, middle - reach), min(1.0, middle + reach))


def rank_shares(results: Sequence[Result], methods: Sequence[str]) -> dict[str, list[Share]]:
    """Return how often each method came first, second, and so on."""
    places = max((len(each.ranked) for each in results), default=0)
    found = {}
    for method in methods:
        ranks = [each.ranked.index(method) for each in results if method in each.ranked]
        found[method] = [Share.of(ranks.count(place), len(ranks)) for place in range(places)]
    return found


def bradley_terry(results: Sequence[Result], methods: Sequence[str]) -> dict[str, float]:
    """Return the strength of each method; all together have the sum 1.

    Half a comparison won and lost by each against each other is added, so that a method that
    never lost has a finite strength.
    """
    count = len(methods)
    if count < 2:
        return dict.fromkeys(methods, 1.0)
    wins = np.full((count, count), 0.5)
    np.fill_diagonal(wins, 0.0)
    place = {method: index for index, method in enumerate(methods)}
    for result in results:
        for first, better in enumerate(result.ranked):
            for worse in result.ranked[first + 1 :]:
                wins[place[better], place[worse]] += 1
    strength = np.full(count, 1 / count)
    games = wins + wins.T
    for _ in range(10_000):
        before = strength
        strength = wins.sum(1) / (games / (before[:, None] + before[None])).sum(1)
        strength /= strength.sum()
        if np.abs(strength - before).max() < 1e-12:
            break
    return {method: float(strength[place[method]]) for method in methods}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a metric agrees with people; 1 is alike, -1 the reverse."""

    srocc: float
    krcc: float
    count: int


def agreement(
    results: Sequence[Result], scores: Mapping[tuple[str, str], float], *, higher_is_better: bool
) -> Agreement:
    """Return the agreement of a metric with the mean ranks of candidates.

    Parameters
    ----------
    scores
        Of candidates, by image and method.
    """
    ranks: dict[tuple[str, str], list[int]] = {}
    for result in results:
        for rank, method in enumerate(result.ranked):
            ranks.setdefault((result.image, method), []).append(rank)
    known = [key for key in ranks if key in scores and math.isfinite(scores[key])]
    if len(known) < 3:
        return Agreement(math.nan, math.nan, len(known))
    liked: NDArray[np.float64] = np.array([-np.mean(ranks[key]) for key in known])
    sign = 1.0 if higher_is_better else -1.0
    measured = np.array([sign * scores[key] for key in known])
    if np.ptp(liked) == 0 or np.ptp(measured) == 0:
        return Agreement(math.nan, math.nan, len(known))
    from scipy import stats  # noqa: PLC0415 - loading it takes longer than a start has

    srocc = stats.spearmanr(liked, measured).statistic
    krcc = stats.kendalltau(liked, measured).statistic
    return Agreement(float(srocc), float(krcc), len(known))
