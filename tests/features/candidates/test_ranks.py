"""Ranks of candidates under scores of which more is better, or less."""

import math
from pathlib import Path

from ssim_viewer.features.candidates.ranks import crossings, ranks_of
from ssim_viewer.features.candidates.table import Row
from ssim_viewer.reports.candidates import CandidateScores


def row(name: str, **values: float) -> Row:
    return Row(Path(name), name, current=False, scores=CandidateScores(name, values=values))


def test_the_best_one_ranks_first_whichever_way_a_score_goes() -> None:
    rows = [row("a", ssim=0.9, mse=10.0), row("b", ssim=0.8, mse=5.0)]
    ranks = ranks_of(rows, ["ssim", "mse"])
    assert [ranks["ssim"][id(each)] for each in rows] == [1, 2]
    assert [ranks["mse"][id(each)] for each in rows] == [2, 1]
    assert crossings(ranks["ssim"], ranks["mse"]) == (1, 1)


def test_equal_scores_share_a_rank_and_a_missing_one_has_none() -> None:
    rows = [row("a", ssim=0.9), row("b", ssim=0.9), row("c", ssim=math.nan), row("d")]
    (ranks,) = ranks_of(rows, ["ssim"]).values()
    assert [*ranks.values()] == [1.5, 1.5]
