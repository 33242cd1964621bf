"""A wanted MSE is met, and what cannot be met is said."""

from __future__ import annotations

import numpy as np
import pytest

from ssim_viewer.distortions import (
    LevelError,
    apply,
    catalogue,
    mse_between,
    solve_for_level,
    solve_for_mse,
    to_8_bit,
)
from ssim_viewer.images import read_sample
from ssim_viewer.metrics import Ssim

CONTINUOUS = sorted(name for name, kind in catalogue().items() if kind.continuous)
STEPWISE = sorted(name for name, kind in catalogue().items() if not kind.continuous)
SAMPLES = ("camera", "astronaut", "chelsea", "coffee", "brick")


def crop(sample: str) -> np.ndarray:
    return np.ascontiguousarray(read_sample(sample).pixels[100:228, 120:248])


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", CONTINUOUS)
def test_a_continuous_type_meets_the_mse_or_says_how_far_it_goes(name: str, sample: str) -> None:
    image = crop(sample)
    if image.ndim == 2 and catalogue()[name].needs_color:
        pytest.skip("a grey image has no colour to change")
    for mse in (25.0, 250.0, 2500.0):
        farthest = mse_between(apply(name, image, catalogue()[name].largest), image)
        if farthest < mse:
            with pytest.raises(LevelError, match=f"reaches an MSE of {farthest:.6g}"):
                solve_for_mse(name, image, mse)
            continue
        found = solve_for_mse(name, image, mse)
        assert found.reached
        assert found.level == pytest.approx(mse, rel=1e-3)
        assert np.array_equal(found.image, apply(name, image, float(found)))
        assert mse_between(to_8_bit(found.image, image), image) == pytest.approx(mse, rel=1e-2)


@pytest.mark.parametrize("name", STEPWISE)
def test_a_type_that_goes_in_steps_reaches_the_nearest_one(name: str) -> None:
    kind = catalogue()[name]
    image = crop("astronaut")
    wanted = mse_between(apply(name, image, kind.typical), image)
    found = solve_for_mse(name, image, wanted)
    assert found.level == pytest.approx(wanted, rel=0.1)
    assert found.mse == mse_between(found.image, image)


def test_a_wanted_mssim_is_met_too() -> None:
    image = crop("camera").astype(np.float64)
    bound = Ssim().bind(image)
    found = solve_for_level("gaussian_blur", image, 0.8, bound.value, measure="an MSSIM")
    assert bound.value(found.image) == pytest.approx(0.8, rel=1e-3)


def test_an_mse_of_0_is_strength_0() -> None:
    assert solve_for_mse("gaussian_blur", crop("camera"), 0.0) == 0.0


def test_a_shift_by_part_of_a_level_survives_8_bits() -> None:
    image = crop("camera")
    shifted = image * 0.5 + 12.25
    reference = image * 0.5
    assert mse_between(to_8_bit(shifted, np.rint(reference)), np.rint(reference)) == pytest.approx(
        mse_between(shifted, np.rint(reference)), rel=5e-3
    )
