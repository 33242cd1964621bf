"""The readout: what is said about one pixel."""

from __future__ import annotations

import numpy as np
import pytest

from ssim_viewer.metrics import Quantity, Ssim, evaluate
from ssim_viewer.session.measurement import SsimMeasurement, ssim_measurement
from ssim_viewer.session.readout import Readout, readout

SIMILARITIES = (Quantity.SSIM, Quantity.LUMINANCE, Quantity.CONTRAST, Quantity.STRUCTURE)


def measured(
    reference: np.ndarray, distorted: np.ndarray, metric: Ssim | None = None
) -> SsimMeasurement:
    metric = metric or Ssim()
    quantities = [q for q in Quantity if q is not Quantity.GRADIENT]
    return ssim_measurement(
        reference, distorted, evaluate(metric.bind(reference), distorted, quantities)
    )


def noise(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, shape).astype(np.uint8)


def test_it_reads_like_a_line_of_text() -> None:
    values = {
        Quantity.LUMINANCE: 0.9911,
        Quantity.CONTRAST: 0.953,
        Quantity.STRUCTURE: 0.802,
        Quantity.SSIM: 0.757,
    }
    assert Readout(212, 88, (123.0,), (140.0,), values).text() == (
        "(212, 88)   reference 123   distorted 140   l 0.9911  c 0.9530  s 0.8020  SSIM 0.7570"
    )


def test_a_value_that_is_missing_at_the_border_reads_as_a_dash() -> None:
    found = readout(measured(noise(20, 30), noise(20, 30, seed=1)), 4, 10)
    assert found is not None
    assert found.values[Quantity.SSIM] is None
    assert "l –  c –  s –  SSIM –" in found.text()


@pytest.mark.parametrize("pixel", [(-1, 0), (30, 0), (0, 20), (0, -1)])
def test_outside_of_the_image_there_is_nothing_to_read(pixel: tuple[int, int]) -> None:
    assert readout(measured(noise(20, 30), noise(20, 30, seed=1)), *pixel) is None


def test_with_a_valid_border_the_map_is_read_at_the_window_centred_on_the_pixel() -> None:
    pair = measured(noise(20, 30), noise(20, 30, seed=1))
    found = readout(pair, 7, 11)
    assert found is not None
    for quantity in SIMILARITIES:
        assert found.values[quantity] == pair.maps[quantity].values[11 - 5, 7 - 5]


def test_with_a_reflected_border_the_map_has_a_value_at_every_pixel() -> None:
    pair = measured(noise(20, 30), noise(20, 30, seed=1), Ssim(border="reflect"))
    for x, y in ((0, 0), (29, 19)):
        found = readout(pair, x, y)
        assert found is not None
        assert found.values[Quantity.SSIM] == pair.maps[Quantity.SSIM].values[y, x]


def test_a_downsampled_map_is_read_at_the_sample_whose_square_holds_the_pixel() -> None:
    pair = measured(noise(60, 80), noise(60, 80, seed=1), Ssim(downsample=2))
    geometry = pair.geometry
    found = readout(pair, 31, 25)
    assert found is not None
    row = int((25.5 - geometry.offset) // geometry.scale)
    column = int((31.5 - geometry.offset) // geometry.scale)
    assert found.values[Quantity.SSIM] == pair.maps[Quantity.SSIM].values[row, column]


def test_colours_are_read_channel_by_channel() -> None:
    reference = noise(20, 30, 3)
    found = readout(measured(reference, noise(20, 30, 3, seed=1)), 3, 2)
    assert found is not None
    assert found.reference == tuple(float(value) for value in reference[2, 3])
    red, green, blue = reference[2, 3]
    assert f"reference {red} {green} {blue}   " in found.text()


def test_whole_numbers_have_no_decimals_and_floats_always_the_same_number() -> None:
    reference = noise(20, 30)
    found = readout(measured(reference, reference + 0.25), 8, 8)
    assert found is not None
    value = int(reference[8, 8])
    assert f"reference {value}   distorted {value}.25 " in found.text()
    assert "signed difference +0.25" in found.text()


def test_a_difference_of_whole_numbers_is_whole() -> None:
    reference = np.full((20, 30), 100, np.uint8)
    found = readout(measured(reference, reference + np.uint8(17)), 8, 8)
    assert found is not None
    assert found.text().endswith("signed difference +17   absolute difference 17")
