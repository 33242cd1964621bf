"""Compiled kernels give the numbers of the array code, in double and in single precision."""

from __future__ import annotations

import importlib
import logging
import threading
from dataclasses import replace
from types import ModuleType
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ssim_viewer.compute import tiles
from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.metrics import MsSsim, Ssim, warm_up
from ssim_viewer.metrics import backend as engine
from tests.metrics.scenes import camera_pair, noisy_pair

METRICS = st.builds(
    Ssim,
    window=st.sampled_from(["gaussian", "uniform"]),
    window_size=st.integers(2, 27),
    sigma=st.floats(0.3, 5),
    border=st.sampled_from(["valid", "reflect", "replicate"]),
    covariance=st.sampled_from(["population", "sample"]),
    color=st.sampled_from(["mean", "luma"]),
    downsample=st.sampled_from([1, 1, 2]),
    exponents=st.sampled_from([(1, 1, 1), (1, 1, 1), (0, 1, 1), (1, 2, 1)]),
)
SHAPES = st.tuples(st.integers(54, 90), st.integers(54, 90)) | st.tuples(
    st.integers(54, 70), st.integers(54, 70), st.just(3)
)
FINE = {"double": 1e-10, "single": 5e-3}
"""How far a sample may differ: the variance of a nearly flat window is known but roughly."""


@pytest.mark.parametrize("precision", ["double", "single"])
@given(metric=METRICS, shape=SHAPES, seed=st.integers(0, 99), noise=st.floats(1, 100))
@example(
    metric=Ssim(window_size=3, sigma=0.3046875, exponents=(1, 2, 1), color="luma"),
    shape=(61, 54, 3),
    seed=2,
    noise=1.0,
)
@settings(max_examples=40, deadline=None)
def test_every_result_is_that_of_the_array_code(
    precision: Any, metric: Ssim, shape: tuple[int, ...], seed: int, noise: float
) -> None:
    x, y = noisy_pair(*shape, seed=seed, noise=noise)
    found = _everything(replace(metric, precision=precision), x, y, compiled=True)
    wanted = _everything(metric, x, y, compiled=False)
    for name, expected in wanted.items():
        if name == "gradient":  # which the root in c makes rougher where y is nearly flat
            atol = max(FINE[precision], 1e-9) * np.abs(expected).max()
        else:
            atol = FINE[precision]
        np.testing.assert_allclose(found[name], expected, rtol=0, atol=atol, err_msg=name)


def _everything(metric: Ssim, x: Any, y: Any, *, compiled: bool) -> dict[str, Any]:
    assert warm_up()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ssim_viewer.compute.tiles.ALONE", 1)
        patch.setattr("ssim_viewer.compute.tiles.TILE_ROWS", 8)
        patch.setattr("ssim_viewer.compute.tiles.TILE_COLUMNS", 20)
        if not compiled:
            patch.setattr(engine, "made", Kernels("none", "", {}))
        bound = metric.bind(x)
        value, gradient = bound.value_and_gradient(y)
        found = bound.measure(y, maps=("ssim", "luminance"), parts=True)
    return {
        "value": value,
        "gradient": gradient,
        **found.maps,
        "mean of l": found.means["luminance"],
    }


def test_single_precision_is_as_exact_as_it_says() -> None:
    assert warm_up()
    x, y = camera_pair()
    value, gradient = Ssim(precision="single").bind(x).value_and_gradient(y)
    _, exact = Ssim().bind(x).value_and_gradient(y)
    assert value == pytest.approx(0.3579642362365819, abs=2e-7)
    assert np.linalg.norm(gradient - exact) < 5e-6 * np.linalg.norm(exact)
    found, parts = (Ssim(precision=p).bind(x).components(y) for p in ("single", "double"))
    for name in ("ssim", "luminance", "contrast", "structure"):
        error = getattr(found, name) - getattr(parts, name)
        assert np.sqrt(np.mean(error**2)) < 5e-4


def smooth() -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return a bright sky over dark ground, with whole grey values."""
    rng = np.random.default_rng(0)
    image = np.linspace(200, 235, 300)[:, None] + np.linspace(0, 15, 400)
    image[200:, :150] = 20 + np.clip(10 * rng.normal(size=(100, 150)).cumsum(0), -2, 20)
    return image.round()


@pytest.mark.parametrize("border", ["valid", "reflect"])
@pytest.mark.parametrize("distortion", ["none", "shift", "contrast", "blur", "noise"])
def test_single_precision_is_exact_on_smooth_images_and_no_map_passes_one(
    distortion: str, border: Any
) -> None:
    assert warm_up()
    x = smooth()
    y = {
        "none": x,
        "shift": x + 15,
        "contrast": 0.7 * x + 40,
        "blur": cv2.GaussianBlur(x, (0, 0), 1.5),
        "noise": x + 20 * np.random.default_rng(1).normal(size=x.shape),
    }[distortion]
    single, double = (Ssim(precision=p, border=border).bind(x) for p in ("single", "double"))
    found, exact = single.components(y), double.components(y)
    assert found.value == pytest.approx(exact.value, abs=1e-7)
    for name in ("ssim", "luminance", "contrast", "structure"):
        assert getattr(found, name).max() <= 1
        assert np.sqrt(np.mean((getattr(found, name) - getattr(exact, name)) ** 2)) < 2e-5
    for scales in (1, 3):
        pair = (MsSsim(precision=p, weights=(1,) * scales).bind(x) for p in ("single", "double"))
        assert np.ptp([bound.value(y) for bound in pair]) < 2e-7 * scales


@pytest.mark.usefixtures("either_engine")
@pytest.mark.parametrize(("base", "noise", "data_range"), [(1e6, 1, 1), (300, 0.05, 0.4)])
def test_values_far_from_the_data_range_are_measured_in_double_and_it_is_said(
    base: float, noise: float, data_range: float
) -> None:
    rng = np.random.default_rng(2)
    x, y = base + noise * rng.normal(size=(2, 60, 70)).cumsum(0)
    plain = Ssim(data_range=data_range).bind(x - base).value(y - base)
    for metric in (Ssim, MsSsim):
        single, double = (
            metric(data_range=data_range, precision=p).bind(x) for p in ("single", "double")
        )
        assert single.value(x) == pytest.approx(1, abs=1e-12)
        assert single.value(y) == double.value(y)
        assert any("double precision is used" in note for note in single.notes)
        assert double.notes == Ssim().bind(x).notes or metric is MsSsim
    contrast = Ssim(data_range=data_range, exponents=(0, 1, 1))
    assert contrast.bind(x).value(y) == pytest.approx(
        contrast.bind(x - base).value(y - base), abs=1e-8
    )
    assert plain <= 1


@pytest.mark.usefixtures("either_engine")
@pytest.mark.parametrize("precision", ["double", "single"])
def test_results_are_the_same_with_any_number_of_threads(
    precision: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    x, y = noisy_pair(300, 310)
    results = []
    for threads in (1, 2, 3, 8):
        monkeypatch.setattr("ssim_viewer.compute.tiles.THREADS", threads)
        monkeypatch.setattr("ssim_viewer.compute.tiles.TILE_ROWS", 10)
        bound = Ssim(border="reflect", precision=precision).bind(x)
        results.append((*bound.value_and_gradient(y), bound.map(y)))
    for value, gradient, image in results[1:]:
        assert value == results[0][0]
        np.testing.assert_array_equal(gradient, results[0][1])
        np.testing.assert_array_equal(image, results[0][2])


def test_a_machine_of_many_processors_has_work_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {}
    for processors in (1, 2, 16):
        monkeypatch.setattr(tiles, "LARGE", (tiles.large_rows(processors), 2))
        counts[processors] = [len(tiles.large_tiles(side, side)) for side in (1024, 2048)]
    assert counts == {1: [2, 8], 2: [2, 8], 16: [8, 32]}


@pytest.mark.usefixtures("either_engine")
def test_images_beyond_the_range_of_float32_are_measured_in_double() -> None:
    x, y = noisy_pair(20, 20)
    metric = Ssim(precision="single", data_range=255e12)
    assert metric.bind(1e12 * x).value(1e12 * y) == pytest.approx(Ssim().bind(x).value(y), abs=1e-5)


@pytest.mark.usefixtures("either_engine")
def test_progress_rises_to_the_whole_and_what_it_raises_ends_the_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ssim_viewer.compute.tiles.ALONE", 1)
    monkeypatch.setattr("ssim_viewer.compute.tiles.TILE_ROWS", 4)
    monkeypatch.setattr("ssim_viewer.compute.tiles.LARGE", (1, 1))
    monkeypatch.setattr("ssim_viewer.compute.tiles.THREADS", 1)  # so that every tile is told of
    x, y = noisy_pair(120, 80, 3)
    bound = Ssim().bind(x)
    fractions: list[float] = []
    found = bound.measure(y, gradient=True, report=fractions.append)
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert len(fractions) > 3

    def cancel(fraction: float) -> None:
        if fraction > 0.3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        bound.measure(y, gradient=True, report=cancel)
    assert bound.value(y) == found.means["ssim"]


def test_without_numba_array_code_serves_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing() -> ModuleType:
        raise ModuleNotFoundError("No module named 'numba'")

    compilers = {"ssim": missing, "bands": missing}
    monkeypatch.setattr(engine, "made", Kernels("none", "Metrics are computed", compilers))
    with caplog.at_level(logging.WARNING):
        assert not warm_up()
        assert not warm_up()
    assert [record.message for record in caplog.records] == [
        "Metrics are computed without compiled kernels: No module named 'numba'"
    ]
    assert Ssim().bind(np.zeros((20, 20))).value(np.zeros((20, 20))) == 1


def test_a_compilation_that_was_interrupted_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    module, interrupted = ModuleType("kernels"), [True]

    def compile_() -> ModuleType:
        if interrupted:
            interrupted.clear()
            raise KeyboardInterrupt
        return module

    monkeypatch.setattr(engine, "made", Kernels("none", "", {"ssim": compile_}))
    with pytest.raises(KeyboardInterrupt):
        warm_up()
    assert warm_up()


def test_kernels_are_made_in_the_background_once_array_code_has_taken_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, module = threading.Event(), ModuleType("kernels")

    def compile_() -> ModuleType:
        begun.set()
        return module

    monkeypatch.setattr(engine, "made", Kernels("made in a test", "", {"ssim": compile_}))
    monkeypatch.setattr(engine, "_spent", 0.0)
    monkeypatch.setattr(engine, "START_AFTER", 3600.0)
    bound = Ssim().bind(np.zeros((30, 30)))
    bound.value(np.zeros((30, 30)))
    assert not begun.is_set()
    monkeypatch.setattr(engine, "START_AFTER", 0.0)
    bound.value(np.zeros((30, 30)))
    assert begun.wait(10)


def test_modules_are_ready_as_soon_as_each_is_compiled() -> None:
    module = ModuleType("kernels")

    def compile_second() -> ModuleType:
        assert made.ready("first") is module
        assert made.ready("second") is None
        return module

    made = Kernels("made in a test", "", {"first": lambda: module, "second": compile_second})
    assert made.ready("first") is None
    assert made.warm_up()
    assert made.ready("second") is module


@pytest.mark.parametrize("precision", ["single", "double"])
@pytest.mark.parametrize("border", ["valid", "reflect", "replicate"])
@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.float64])
def test_once_warm_nothing_is_compiled_while_somebody_waits(
    precision: Any, border: Any, kind: Any
) -> None:
    assert warm_up()
    before = _compiled()
    x, y = (np.clip(image, 0, 255).astype(kind) for image in noisy_pair(61, 84))
    y.setflags(write=False)
    for metric in (
        Ssim(precision=precision, border=border),
        MsSsim(precision=precision, border=border, window_size=5),
    ):
        bound = metric.bind(x)
        bound.value_and_gradient(y)
        bound.layers(y)
    assert _compiled() == before


def _compiled() -> dict[str, int]:
    """Return for how many kinds of arguments each kernel is compiled."""
    modules = (engine.made.ready(name) for name in ("ssim", "scales"))
    return {
        name: len(kernel.signatures)
        for module in modules
        for name, kernel in vars(module).items()
        if hasattr(kernel, "signatures")
    }


def test_without_numbas_private_compiler_plain_options_serve() -> None:
    assert warm_up()
    compiled = importlib.import_module("ssim_viewer.compute.jit")
    assert "pipeline_class" in compiled.noalias_options()
    for module in ("numba.core.no_such_module", "math"):
        assert compiled.noalias_options(module) == {}
