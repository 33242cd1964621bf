"""Design and results of a study: balanced, kept line by line, and analysed as published."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.features.preference_study.design import StudyError, read_study
from ssim_viewer.features.preference_study.results import (
    Result,
    Share,
    agreement,
    append_result,
    bradley_terry,
    rank_shares,
    read_results,
    result_of,
)
from ssim_viewer.images import write_image

if TYPE_CHECKING:
    from pathlib import Path


def make_folder(folder: Path, methods: str = "abcd", images: int = 4) -> Path:
    """Make candidates that get worse from the first method to the last."""
    random = np.random.default_rng(0)
    for place in range(images):
        picture = random.integers(40, 216, (32, 40)).astype(np.float64)
        for strength, method in enumerate(["reference", *methods]):
            path = folder / method / f"{place}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            noise = 8 * strength * random.standard_normal(picture.shape)
            write_image(path, np.clip(picture + noise, 0, 255), 255, depth="uint8")
    return folder


def test_every_group_comes_once_for_every_image_and_places_are_balanced(tmp_path: Path) -> None:
    study = read_study(make_folder(tmp_path))
    assert study.methods == ("a", "b", "c", "d")
    assert study.reference == tmp_path / "reference"
    trials = [each for each in study.trials("Ann") if not each.practice]
    assert len(trials) == 16
    groups = Counter((each.image, frozenset(each.methods)) for each in trials)
    assert set(groups.values()) == {1}
    for method in study.methods:
        places = Counter(each.methods.index(method) for each in trials if method in each.methods)
        assert max(places.values()) - min(places.values()) <= 4


def test_the_order_is_the_participants_own_and_always_the_same(tmp_path: Path) -> None:
    study = read_study(make_folder(tmp_path))
    assert study.trials("Ann") == study.trials("Ann")
    assert study.trials("Ann") != study.trials("Bob")
    assert [each.practice for each in study.trials("Ann")[:3]] == [True, True, False]


def test_a_folder_that_is_no_study_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="There is no folder"):
        read_study(tmp_path / "none")
    with pytest.raises(StudyError, match="two methods at least"):
        read_study(make_folder(tmp_path / "one", "a"))
    make_folder(tmp_path / "two", "ab", 1)
    (tmp_path / "two" / "b" / "0.png").rename(tmp_path / "two" / "b" / "x.png")
    with pytest.raises(StudyError, match="No file name stands in all folders"):
        read_study(tmp_path / "two")


def test_results_are_kept_line_by_line_and_a_cut_line_is_left_out(tmp_path: Path) -> None:
    trial = read_study(make_folder(tmp_path / "s")).trials("Ann, first")[2]
    path = tmp_path / "results.csv"
    first = result_of(trial, "Ann, first", (2, 0, 1), 1.25)
    append_result(path, first)
    append_result(path, result_of(trial, "Bob", (0, 1, 2), 2.0))
    assert first.ranked == (trial.methods[2], trial.methods[0], trial.methods[1])
    assert read_results(path)[0] == first
    assert len(read_results(path)) == 2
    text = path.read_text()
    path.write_text(text[: len(text) - 12])
    assert read_results(path) == (first,)
    assert read_results(tmp_path / "none.csv") == ()
    with pytest.raises(StudyError, match="was not kept"):
        append_result(tmp_path / "nowhere" / "r.csv", first)


def ranked(*orders: str) -> list[Result]:
    return [Result("Ann", n, "i", tuple(sorted(o)), tuple(o), 1.0) for n, o in enumerate(orders)]


def test_shares_have_wilsons_intervals() -> None:
    found = Share.of(8, 10)
    assert (found.low, found.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    shares = rank_shares(ranked("ab", "ab", "ba"), "ab")
    assert shares["a"][0].share == pytest.approx(2 / 3)
    assert shares["b"][1].share == pytest.approx(2 / 3)


def test_bradley_terry_gives_back_the_strengths_that_made_the_comparisons() -> None:
    strength = {"a": 0.6, "b": 0.3, "c": 0.1}
    orders = []
    for first, second in (("a", "b"), ("a", "c"), ("b", "c")):
        wins = round(3000 * strength[first] / (strength[first] + strength[second]))
        orders += [first + second] * wins + [second + first] * (3000 - wins)
    found = bradley_terry(ranked(*orders), "abc")
    assert found == pytest.approx(strength, abs=1e-3)
    assert bradley_terry(ranked("ab", "ab"), "ab")["a"] == pytest.approx(2.5 / 3)


def test_agreement_is_that_of_ranks() -> None:
    results = ranked("abcd", "abcd", "abdc")
    scores = {("i", name): value for name, value in zip("abcd", (1.0, 0.5, 0.4, 0.1), strict=True)}
    found = agreement(results, scores, higher_is_better=True)
    assert found.srocc == pytest.approx(1)
    assert found.krcc == pytest.approx(1)
    assert agreement(results, scores, higher_is_better=False).srocc == pytest.approx(-1)
    assert np.isnan(agreement(results[:0], scores, higher_is_better=True).srocc)
