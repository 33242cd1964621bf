"""Every convention gives the number that its program gives, to that program's own precision."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import CONVENTIONS, Gmsd, MetricError, MsSsim, NamedConvention, Ssim
from ssim_viewer.metrics.conventions import (
    ConventionScore,
    convention_scores,
    matching,
    typed_score,
)
from tests.metrics.conventions.pairs import pairs
from tests.metrics.scenes import noisy_pair, numeric_gradient

STORED: dict[str, dict[str, dict[str, float]]] = json.loads(
    Path(__file__).with_name("values.json").read_text(encoding="utf-8")
)["values"]
PAIRS = pairs()
BY_NAME = {each.name: each for each in CONVENTIONS}

DOUBLE, SINGLE, PRINTED = 1e-11, 1e-5, 1e-6
"""What origins are precise to: doubles, floats (also of their weights), six printed digits."""

ORIGINS = {
    "Wang ssim_index.m": ("authors", "ssim_index", DOUBLE),
    "Wang ssim.m": ("authors", "ssim", DOUBLE),
    "MathWorks ssim, grey": ("authors", "mathworks", DOUBLE),
    "MathWorks ssim, RGB": ("authors", "mathworks", DOUBLE),
    "MathWorks ssim, per channel": ("authors", "mathworks per channel", DOUBLE),
    "scikit-image": ("scikit-image", "default", DOUBLE),
    "scikit-image, gaussian": ("scikit-image", "gaussian", DOUBLE),
    "scikit-image, as Wang": ("scikit-image", "wang", DOUBLE),
    "TensorFlow": ("tensorflow", "ssim", SINGLE),
    "pytorch-msssim": ("torch", "pytorch-msssim ssim", SINGLE),
    "piq": ("torch", "piq ssim", DOUBLE),
    "torchmetrics": ("torch", "torchmetrics ssim", DOUBLE),
    "kornia, same": ("torch", "kornia same", DOUBLE),
    "kornia, valid": ("torch", "kornia valid", DOUBLE),
    "OpenCV quality": ("programs", "opencv", SINGLE),
    "ffmpeg": ("programs", "ffmpeg", PRINTED),
    "ImageMagick": ("programs", "imagemagick dssim", DOUBLE),
    "Universal quality index": ("authors", "img_qi", DOUBLE),
    "torchmetrics, universal quality": ("torch", "torchmetrics uqi", 2e-11),
    "MS-SSIM, product": ("authors", "msssim product", DOUBLE),
    "MS-SSIM, weighted sum": ("authors", "msssim wtd_sum", DOUBLE),
    "MS-SSIM, TensorFlow": ("tensorflow", "ssim_multiscale", SINGLE),
    "GMSD": ("authors", "GMSD", DOUBLE),
    "GMSD, piq": ("torch", "piq gmsd", DOUBLE),
}
GREY_ONLY = {
    "Wang ssim_index.m",
    "Wang ssim.m",
    "MathWorks ssim, grey",
    "Universal quality index",
    "MS-SSIM, product",
    "MS-SSIM, weighted sum",
    "GMSD",
}
"""Origins that take grey images; their values of colour are the means of the channels."""


def test_every_convention_has_stored_values() -> None:
    assert ORIGINS.keys() == BY_NAME.keys()
    assert len(BY_NAME) == len(CONVENTIONS)


COMPARABLE = [
    (name, pair)
    for pair, (x, _) in PAIRS.items()
    for name in ORIGINS
    if x.ndim == 2 or name not in GREY_ONLY
]


@cache
def scores_of(pair: str) -> dict[str, ConventionScore]:
    return {each.convention.name: each for each in convention_scores(*PAIRS[pair], 255.0)}


@pytest.mark.parametrize(("name", "pair"), COMPARABLE)
def test_a_convention_gives_the_number_of_its_program(name: str, pair: str) -> None:
    group, key, precision = ORIGINS[name]
    value = scores_of(pair)[name].value
    if name == "ImageMagick":
        value = (1 - value) / 2
    assert value == pytest.approx(STORED[pair][group][key], abs=precision)


@pytest.mark.parametrize("pair", ["colour", "levels"])
@pytest.mark.parametrize("name", sorted(GREY_ONLY - {"MathWorks ssim, grey"}))
def test_grey_conventions_give_the_mean_of_their_origin_over_channels(name: str, pair: str) -> None:
    x, y = PAIRS[pair]
    group, key, precision = ORIGINS[name]
    metric: Any = BY_NAME[name].made(255.0)
    values = [metric.bind(x[..., c]).value(y[..., c]) for c in range(3)]
    assert np.mean(values) == pytest.approx(STORED[pair][group][key], abs=precision)


def test_conventions_do_not_depend_on_the_unit_of_the_images() -> None:
    x, y = PAIRS["levels"]
    whole = [each.value for each in convention_scores(x, y, 255.0)]
    unit = [each.value for each in convention_scores(x / 255, y / 255, 1.0)]
    # Rounded grey is rounded to 8 bits of either; constants of ffmpeg follow the range.
    assert unit == pytest.approx(whole, abs=1e-10)


def test_a_pair_too_small_for_a_convention_says_so_and_has_the_others() -> None:
    x, y = (image[:9, :9] for image in PAIRS["grey"])
    scores = {each.convention.name: each for each in convention_scores(x, y, 255.0)}
    assert math.isnan(scores["Wang ssim_index.m"].value)
    assert scores["Wang ssim_index.m"].problem == (
        "The image, 9×9, is smaller than the window, 11×11."
    )
    assert math.isfinite(scores["scikit-image"].value)
    assert scores["scikit-image"].problem == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.35796", {"Wang ssim_index.m", "TensorFlow", "kornia, valid", "scikit-image, as Wang"}),
        ("0,36745", {"scikit-image"}),
        ("0.376385", {"ffmpeg"}),
        ("0.4387", set()),
    ],
)
def test_a_typed_number_finds_its_conventions(text: str, expected: set[str]) -> None:
    scores = list(scores_of("grey").values())
    typed = typed_score(text)
    assert typed is not None
    found = matching(scores, typed)
    assert expected <= found.keys()
    assert bool(found) == bool(expected)


def test_fewer_digits_match_more_conventions_and_other_forms_of_the_number_count() -> None:
    scores = list(scores_of("grey").values())

    def found(text: str) -> dict[str, str]:
        typed = typed_score(text)
        assert typed is not None
        return matching(scores, typed)

    assert len(found("0.4")) > len(found("0.36")) > len(found("0.357964"))
    assert found("0.3219272")["ImageMagick"] == "(1 − value) / 2"
    assert found("35.796")["Wang ssim_index.m"] == "in percent"
    assert found("0.6420358")["Wang ssim_index.m"] == "1 − value"


@pytest.mark.parametrize("text", ["", "x", "0.3.4", "--1", "1e9999", "nan"])
def test_what_is_no_number_matches_nothing(text: str) -> None:
    assert typed_score(text) is None


def test_metrics_without_constants_are_refused_where_they_have_no_value() -> None:
    index = Ssim(k1=0, k2=0)
    with pytest.raises(MetricError, match="MS-SSIM needs constants k1 and k2 above 0"):
        MsSsim(k1=0)
    assert (MsSsim.of(index).k1, MsSsim.of(index).k2) == (0.01, 0.03)


def test_every_convention_says_what_differs_in_one_sentence() -> None:
    for each in CONVENTIONS:
        assert isinstance(each, NamedConvention)
        assert each.difference.endswith(".")
        assert each.origin


@pytest.mark.parametrize(
    ("metric", "shape"),
    [
        (MsSsim(255.0, pooling="sum", window_size=3, weights=(0.2, 0.3, 0.6)), (13, 14)),
        (Gmsd(255.0, deviation="population"), (11, 13)),
    ],
    ids=["weighted sum", "population deviation"],
)
def test_the_other_ways_of_pooling_have_exact_gradients(
    metric: MsSsim | Gmsd, shape: tuple[int, int]
) -> None:
    x, y = noisy_pair(*shape)
    bound: Any = metric.bind(x)
    value, gradient = bound.value_and_gradient(y)
    assert value == bound.value(y)
    numeric = numeric_gradient(bound.value, y)
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=1e-6 * np.abs(numeric).max())
