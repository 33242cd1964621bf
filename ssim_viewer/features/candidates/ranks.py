"""Ranks of candidates by each score, 1 for the best; equal ones share the mean of their ranks."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ssim_viewer.features.candidates.table import Row


def is_higher_better(score: str) -> bool:
    """Whether a larger value of a score is the better one."""
    entry = catalogue().get("psnr" if score == "psnr_luma" else score)
    return entry is None or entry.higher_is_better


def ranks_of(rows: Sequence[Row], scores: Sequence[str]) -> dict[str, dict[int, float]]:
    """Return the rank of each row, by its `id`, under each score; rows without it are left out."""
    return {score: _ranked(rows, score) for score in scores}


def crossings(first: Mapping[int, float], second: Mapping[int, float]) -> tuple[int, int]:
    """Return how many pairs two rankings order the other way round, and of how many."""
    shared = [(first[key], second[key]) for key in first if key in second]
    pairs = [*combinations(shared, 2)]
    return sum((a - c) * (b - d) < 0 for (a, b), (c, d) in pairs), len(pairs)


def _ranked(rows: Sequence[Row], score: str) -> dict[int, float]:
    known = [
        (id(row), row.scores.values[score])
        for row in rows
        if row.scores is not None and not math.isnan(row.scores.values.get(score, math.nan))
    ]
    if not known:
        return {}
    values = np.array([value for _, value in known])
    ranks = _ascending_ranks(-values if is_higher_better(score) else values)
    return {key: float(rank) for (key, _), rank in zip(known, ranks, strict=True)}


def _ascending_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rank of each value, 1 for the least; equal ones share the mean of their ranks.

    As `scipy.stats.rankdata`, whose import alone would hold the window for half a second.
    """
    _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: NDArray[np.float64] = (last - (counts - 1) / 2)[group]
    return ranks
