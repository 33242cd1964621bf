"""White noise of a wanted MSE: the start of a walk for whoever has no distorted image."""

from __future__ import annotations

import numpy as np
import pytest

from ssim_viewer.metrics import mse, ssim
from ssim_viewer.synthesis import SphereError, white_noise


@pytest.mark.parametrize("pixel_range", [(0.0, 255.0), None])
@pytest.mark.parametrize("wanted", [10.0, 2500.0])
def test_noise_has_the_wanted_mse_exactly(
    table_reference: np.ndarray, wanted: float, pixel_range: tuple[float, float] | None
) -> None:
    image = white_noise(table_reference, wanted, seed=3, pixel_range=pixel_range)
    assert mse(table_reference, image) == pytest.approx(wanted, rel=1e-12)


def test_a_seed_always_gives_the_same_image_and_another_seed_another(
    table_reference: np.ndarray,
) -> None:
    one, same, other = (white_noise(table_reference, 400, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_noise_in_range_is_the_clipped_noise_of_the_published_table(
    table_reference: np.ndarray, table_start: np.ndarray
) -> None:
    """Noise of 50 grey levels, clipped, then projected: MSSIM 0.2261."""
    assert ssim(table_reference, table_start) == pytest.approx(0.22605870148, abs=1e-10)


def test_colour_gets_noise_of_its_own_in_every_channel() -> None:
    image = white_noise(np.full((20, 20, 3), 128.0), 100)
    assert mse(np.full((20, 20, 3), 128.0), image) == pytest.approx(100, rel=1e-12)
    assert not np.allclose(image[..., 0], image[..., 1])


def test_more_noise_than_the_range_holds_is_refused() -> None:
    with pytest.raises(SphereError, match="largest possible is 16384"):
        white_noise(np.full((8, 8), 128.0), 20_000)
