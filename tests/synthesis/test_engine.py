"""The passes of a step: compiled and in array code they are the same, up to rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pytest

from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.metrics import Ssim
from ssim_viewer.synthesis import Direction, EqualMseSphere, climb, passes, warm_up
from ssim_viewer.synthesis import backend as engine
from ssim_viewer.synthesis.manifolds.protocol import TangentStep

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

PRECISIONS: tuple[Literal["single", "double"], ...] = ("single", "double")
INFINITE = -np.inf, np.inf
RANGES = [(0.0, 255.0), INFINITE]
TYPES = [
    (np.float64, np.float64),
    (np.float64, np.float32),
    (np.float32, np.float32),
    (np.uint8, np.float32),
]


@pytest.fixture(scope="module")
def kernels() -> ModuleType:
    """Return the compiled passes."""
    pytest.importorskip("numba")
    assert warm_up()
    module: ModuleType = engine.active_backend()
    return module


def block(rng: np.random.Generator, kind: type, spread: float) -> Any:
    """Return numbers of which some are 0."""
    return (rng.normal(0, spread, 1000) * (rng.random(1000) > 0.2)).astype(kind)


@pytest.mark.parametrize("types", TYPES)
@pytest.mark.parametrize("pixel_range", RANGES)
@pytest.mark.parametrize("keeps", [True, False])
def test_compiled_rays_are_those_of_array_code(
    kernels: ModuleType,
    rng: np.random.Generator,
    types: tuple[type, type],
    pixel_range: tuple[float, float],
    *,
    keeps: bool,
) -> None:
    kept, work = types
    x: Any = rng.integers(0, 256, 1000).astype(kept)
    y = np.clip(x + rng.normal(0, 40, 1000), 0, 255).astype(work)
    p = block(rng, work, 1)
    found = {}
    for engine_ in (kernels, passes):
        image: Any = np.empty(1000, work)
        numbers = 1.5, 0.97, keeps, *pixel_range
        sums = engine_.ray_sums(y, p, x, *numbers)
        more = engine_.ray_image(y, p, x, image, *numbers)
        error = np.square(image - x.astype(np.float64)).sum()
        assert more[1] == pytest.approx(error, rel=1e-12)
        assert sums[1] + sums[0] * numbers[1] ** 2 == pytest.approx(error, rel=1e-5)
        found[engine_] = image, more
    tolerance = 4 * float(np.finfo(work).eps)
    np.testing.assert_allclose(found[kernels][0], found[passes][0], atol=255 * tolerance)
    assert found[kernels][1] == pytest.approx(found[passes][1], rel=1e-6)


@pytest.mark.parametrize("work", [np.float64, np.float32])
@pytest.mark.parametrize("pixel_range", RANGES)
@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("radial", [True, False])
def test_compiled_tangents_and_directions_are_those_of_array_code(
    kernels: ModuleType,
    rng: np.random.Generator,
    work: type,
    pixel_range: tuple[float, float],
    sign: float,
    *,
    radial: bool,
) -> None:
    y: Any = np.clip(rng.normal(128, 120, 1000), 0, 255).astype(work)
    n, v, p, w = (block(rng, work, 1) for _ in range(4))
    found = {}
    for engine_ in (kernels, passes):
        numbers = 0.3, sign
        sums = engine_.cone_sums(y, n, v, p, w, radial, *numbers, *pixel_range)
        tangent, direction = w.copy(), p.copy()
        bent = engine_.turn(y, n, v, direction, tangent, radial, *numbers, 0.7, 0.2, *pixel_range)
        found[engine_] = tangent, direction, *sums, *bent
        assert bent[0] == pytest.approx(sums[2], rel=1e-5)  # told before it is written
        assert sums[3] == pytest.approx(np.vdot(tangent, w), rel=1e-4, abs=1e-2)
        assert sums[6] == pytest.approx(np.vdot(tangent, p), rel=1e-4, abs=1e-2)
    for compiled, plain in zip(found[kernels], found[passes], strict=True):
        np.testing.assert_allclose(compiled, plain, rtol=1e-5, atol=1e-2)


def test_a_step_holds_the_mse_also_where_only_its_last_rows_are_computed_again(
    rng: np.random.Generator,
) -> None:
    reference = rng.uniform(0, 255, (600, 600)).round()
    rows = engine.blocks(reference.shape)
    assert engine.with_tail(rows) != rows
    sphere = EqualMseSphere(reference, 900)
    point = sphere.point_at(sphere.project(reference + rng.normal(0, 30, reference.shape)))
    for length in (1.0, 10.0, 100.0, 10.0, 9.0):
        p = rng.normal(0, 1, reference.shape)
        a = length / float(np.linalg.norm(p))
        landed = sphere.retract(point, TangentStep(p, a, length, keeps=True))
        error = landed.image - reference
        assert np.mean(np.square(error)) == pytest.approx(900, rel=1e-12)
        assert landed.held == pytest.approx(900, rel=1e-12)
        assert 0 <= landed.image.min() <= landed.image.max() <= 255
        whole = sphere.project(point.image + a * p)
        np.testing.assert_allclose(landed.image, whole, atol=0.01 * length)
        point = landed


@pytest.mark.parametrize("direction", list(Direction))
def test_a_walk_in_single_precision_holds_the_mse_to_a_billionth_and_the_range(
    table_reference: NDArray[np.float64], table_start: NDArray[np.float64], direction: Direction
) -> None:
    reference = table_reference.astype(np.uint8)
    single, double = (
        list(climb(Ssim(precision=which), reference, table_start, direction, iterations=30))
        for which in PRECISIONS
    )
    assert single[-1].value == pytest.approx(double[-1].value, abs=0.01)
    for step in single:
        error = step.image - table_reference
        assert step.image.dtype == np.float32
        assert abs(np.mean(np.square(error)) / single[0].mse - 1) < 1e-9
        assert step.mse == pytest.approx(np.mean(np.square(error)), rel=1e-12)
        assert 0 <= step.image.min() <= step.image.max() <= 255


def test_large_images_are_projected_by_both_engines_alike(
    kernels: ModuleType, rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = rng.uniform(0, 255, (300, 400))
    sphere, wanted = EqualMseSphere(reference, 4000), reference + rng.normal(0, 9, (300, 400))
    compiled = sphere.project(wanted)
    monkeypatch.setattr(engine, "made", Kernels("none", "", {}))
    np.testing.assert_allclose(sphere.project(wanted), compiled, rtol=1e-12, atol=1e-10)
