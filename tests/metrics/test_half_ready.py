"""No state of half-ready kernels changes a type, a shape or a value, and no layout does either."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.metrics import (
    CwSsim,
    Gmsd,
    Mae,
    Metric,
    Mse,
    MsSsim,
    Psnr,
    Ssim,
    WeightedSsim,
    warm_up,
)
from ssim_viewer.metrics import backend as engine
from ssim_viewer.metrics.kernels_on_use import warm_up_every
from tests.metrics.scenes import noisy_pair

SUBSETS = [set(s) for n in range(4) for s in combinations(("ssim", "scales", "bands"), n)]
METRICS: list[Metric] = [
    Ssim(),
    Ssim(precision="single"),
    Ssim(precision="single", border="reflect", downsample=2),
    MsSsim(),
    MsSsim(precision="single"),
    MsSsim(precision="single", border="replicate", window_size=5),
    CwSsim(),
    WeightedSsim(),
    Gmsd(),
    Mse(),
    Mae(),
    Psnr(),
]
EVERY_METRIC = pytest.mark.parametrize("metric", METRICS, ids=repr)
CLOSE = {"double": 1e-10, "single": 1e-4}


@dataclass
class Some:
    """Kernels of which only some are ready."""

    every: Kernels
    names: set[str]

    def ready(self, name: str) -> ModuleType | None:
        return self.every.ready(name) if name in self.names else None

    def warm_up_in_background(self) -> None:
        """Never finish."""


@pytest.fixture(autouse=True)
def kernels_of_single_metrics_are_ready() -> None:
    """None becomes ready between two calls whose results are compared to the last digit."""
    assert warm_up_every()


def everything(metric: Metric, x: Any, y: Any) -> dict[str, Any]:
    bound = metric.bind(x)
    value, gradient = bound.value_and_gradient(y)
    assert isinstance(value, float)
    layers = {name: layer.values for name, layer in bound.layers(y).items()}
    return {"value": bound.value(y), "again": value, "gradient": gradient, **layers}


def assert_same(found: dict[str, Any], expected: dict[str, Any], close: float) -> None:
    assert list(found) == list(expected)
    for name, wanted in expected.items():
        got = found[name]
        assert np.shape(got) == np.shape(wanted), name
        assert np.asarray(got).dtype == np.asarray(wanted).dtype == np.float64, name
        atol = close * (np.abs(wanted).max() if name == "gradient" else 1)
        np.testing.assert_allclose(got, wanted, rtol=1e-12, atol=atol, err_msg=name)


@EVERY_METRIC
@pytest.mark.parametrize("shape", [(70, 85), (65, 64, 3)])
def test_every_subset_of_ready_kernels_gives_the_same(
    metric: Metric, shape: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert warm_up()
    every = engine.made
    x, y = noisy_pair(*shape)
    expected = everything(metric, x, y)
    for names in SUBSETS:
        monkeypatch.setattr(engine, "made", Some(every, names))
        found = everything(metric, x, y)
        assert_same(found, expected, CLOSE[getattr(metric, "precision", "double")])


@EVERY_METRIC
def test_kernels_that_become_ready_after_binding_give_the_same(
    metric: Metric, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert warm_up()
    every = engine.made
    x, y = noisy_pair(70, 85)
    value, gradient = metric.bind(x).value_and_gradient(y)
    for names in SUBSETS:
        monkeypatch.setattr(engine, "made", Some(every, set()))
        bound = metric.bind(x)
        monkeypatch.setattr(engine, "made", Some(every, names))
        found = dict(zip(("value", "gradient"), bound.value_and_gradient(y), strict=True))
        close = CLOSE[getattr(metric, "precision", "double")]
        assert_same(found, {"value": value, "gradient": gradient}, close)


def strided(image: Any) -> Any:
    """Return the same image as every second sample of a larger one."""
    wide = np.zeros((2 * image.shape[0], 3 * image.shape[1], *image.shape[2:]), image.dtype)
    wide[::2, ::3] = image
    return wide[::2, ::3]


def unaligned(image: Any) -> Any:
    """Return the same image one byte off every boundary."""
    memory = np.zeros(image.nbytes + 1, np.uint8)
    same = memory[1:].view(image.dtype).reshape(image.shape)
    same[...] = image
    return same


LAYOUTS: dict[str, Callable[[Any], Any]] = {
    "Fortran": np.asfortranarray,
    "transposed": lambda image: np.ascontiguousarray(image.swapaxes(0, 1)).swapaxes(0, 1),
    "turned": lambda image: np.rot90(np.ascontiguousarray(np.rot90(image, -1))),
    "mirrored": lambda image: np.ascontiguousarray(image[::-1, ::-1])[::-1, ::-1],
    "strided": strided,
    "unaligned": unaligned,
    "big-endian": lambda image: image.astype(image.dtype.newbyteorder(">")),
    "list": lambda image: image.tolist(),
}


@pytest.mark.usefixtures("either_engine")
@EVERY_METRIC
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", [(70, 85), (65, 64, 3)])
def test_every_memory_layout_gives_the_same(
    metric: Metric, layout: str, shape: tuple[int, ...]
) -> None:
    x, y = noisy_pair(*shape)
    arranged = LAYOUTS[layout]
    assert_same(everything(metric, arranged(x), arranged(y)), everything(metric, x, y), 1e-12)


@pytest.mark.usefixtures("either_engine")
@EVERY_METRIC
@pytest.mark.parametrize("kind", ["?", "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4"])
def test_every_type_of_numbers_gives_the_same(metric: Metric, kind: str) -> None:
    x, y = (np.clip(np.round(image), 0, 127) for image in noisy_pair(70, 64))
    if kind == "?":
        x, y = x % 2, y % 2
    expected = everything(metric, x, y)
    for layout in ("Fortran", "strided"):
        x_kind, y_kind = (LAYOUTS[layout](image.astype(kind)) for image in (x, y))
        assert_same(everything(metric, x_kind, y_kind), expected, 1e-10)
        assert_same(everything(metric, x, y_kind), expected, 1e-10)


@EVERY_METRIC
@pytest.mark.parametrize("way", ["pickle", "copy", "deepcopy"])
def test_bound_metrics_can_be_pickled_and_copied(metric: Metric, way: str) -> None:
    x, y = noisy_pair(70, 64, 3)
    bound = metric.bind(x)
    ways = {
        "pickle": lambda b: pickle.loads(pickle.dumps(b)),  # noqa: S301  made here
        "copy": copy.copy,
        "deepcopy": copy.deepcopy,
    }
    again = ways[way](bound)
    assert again is not bound
    assert again.metric == metric
    assert again.value(y) == bound.value(y)
    np.testing.assert_array_equal(again.value_and_gradient(y)[1], bound.value_and_gradient(y)[1])


@pytest.mark.usefixtures("either_engine")
@EVERY_METRIC
def test_results_are_the_same_with_any_number_of_threads(
    metric: Metric, monkeypatch: pytest.MonkeyPatch
) -> None:
    x, y = noisy_pair(300, 310)
    results = []
    for threads in (1, 2, 3, 8):
        for place in ("compute.tiles.THREADS", "metrics.cw_ssim.steerable_pyramid.THREADS"):
            monkeypatch.setattr(f"ssim_viewer.{place}", threads)
        results.append(everything(metric, x, y))
    for found in results[1:]:
        for name, expected in results[0].items():
            np.testing.assert_array_equal(found[name], expected, err_msg=name)
