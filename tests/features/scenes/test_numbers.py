"""The numbers of closed form, computed elsewhere, against formulas and against measured images."""

from __future__ import annotations

import numpy as np
import pytest

from ssim_viewer.features.scenes import closed_form, formulas, photographs
from ssim_viewer.features.scenes.jobs import measured
from ssim_viewer.features.scenes.scene import Case
from ssim_viewer.features.scenes.state import SCENES
from ssim_viewer.metrics import find
from ssim_viewer.metrics.builtin_metrics import MetricContext

CONSTANTS = {
    "0 against 1": 0.8667110963,
    "0 against 2": 0.6191383004,
    "0 against 5": 0.2064121895,
    "0 against 10": 0.0610549048,
    "0 against 26": 0.0095274376,
    "0 against 255": 0.0000999900,
    "10 against 20": 0.8025676083,
    "100 against 110": 0.9954764441,
    "245 against 255": 0.9992003615,
    "128 against 255": 0.8018927661,
    "230 against 255": 0.9947003134,
    "253 against 255": 0.999969,
}
RAMPS = {256: 0.857578, 128: 0.530592, 64: -0.101824, 32: -0.661416, 16: -0.903043}
NEGATIVES = {5: 0.0785321016, 10: -0.5472541075, 50: -0.9768618208}
GAINS = {0.5: 0.8036765878, 1.5: 0.9236270200, 2: 0.8009319966}
NOISES = {(50, 20): 0.9267200969, (10, 20): 0.3925796005, (0, 20): 0.1276327770}


def scores(scene: str, case: Case) -> dict[str, float]:
    return measured(SCENES[scene], case)


def by_label(cases: list[Case], label: str) -> Case:
    return next(case for case in cases if case.label == label)


@pytest.mark.parametrize(("label", "value"), CONSTANTS.items())
def test_constant_images_have_the_luminance_term(label: str, value: float) -> None:
    case = by_label(closed_form.constants(), label)
    places = 6 if label.startswith("253") else 10
    assert case.predicted == pytest.approx(value, abs=0.6 * 10**-places)
    assert scores("dark_pairs", case)["ssim"] == pytest.approx(case.predicted, abs=1e-12)


def test_the_first_four_pairs_have_mse_100() -> None:
    for case in closed_form.constants()[:4]:
        assert scores("dark_pairs", case)["mse"] == 100.0


def test_a_checkerboard_has_no_contrast_with_grey_and_opposite_structure_with_its_inverse() -> None:
    gray, inverse = closed_form.checkerboards()
    assert gray.predicted == pytest.approx(0.0035871, abs=5e-8)
    assert inverse.predicted == pytest.approx(-0.9964065, abs=5e-8)
    for case in (gray, inverse):
        assert scores("checkerboard", case)["part"] == pytest.approx(case.predicted, abs=1e-7)


def test_inverse_dither_is_negative_at_any_grey() -> None:
    for case in closed_form.dither():
        found = scores("dither", case)
        assert case.predicted == pytest.approx(-0.1032581, abs=5e-8)
        assert found["ssim"] == pytest.approx(-0.1032581, abs=1e-6)
        assert found["mse"] == pytest.approx(144.0)


@pytest.mark.parametrize(("width", "value"), RAMPS.items())
def test_mirrored_ramps_have_the_structure_of_their_slope(width: int, value: float) -> None:
    case = by_label(closed_form.ramps(), f"256 levels over {width} pixels")
    assert formulas.mirrored_ramp(width) == pytest.approx(value, abs=6e-7)
    assert scores("mirrored_ramps", case)["structure"] == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(("sigma", "value"), NEGATIVES.items())
def test_the_negative_at_the_middle_grey(sigma: float, value: float) -> None:
    case = by_label(closed_form.negatives(), f"texture of σ = {sigma}")
    assert case.predicted == pytest.approx(value, abs=6e-11)
    assert scores("negative", case)["ssim"] == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(("gain", "value"), GAINS.items())
def test_contrast_times_a_gain(gain: float, value: float) -> None:
    case = by_label(closed_form.gains(), f"contrast × {gain:g}")
    assert case.predicted == pytest.approx(value, abs=6e-11)
    assert scores("gain", case)["ssim"] == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(("pair", "value"), NOISES.items())
def test_noise_on_texture_from_expected_moments(pair: tuple[float, float], value: float) -> None:
    sigma, noise = pair
    assert formulas.noisy(sigma, noise) == pytest.approx(value, abs=6e-11)
    case = by_label(closed_form.noises(), f"noise of σ = {noise:g} on σ = {sigma:g}")
    assert scores("noise_on_texture", case)["ssim"] == pytest.approx(value, abs=0.03)


def test_the_article_is_read_from_its_table() -> None:
    """MSE is huge for impulses and overlays; SSIM is high for overlays and value + 30."""
    salt, overlays, value = (scores("article", case) for case in SCENES["article"].cases())
    assert min(salt["mse"], overlays["mse"]) > value["mse"]
    assert overlays["ssim"] > 0.8
    assert value["ssim"] > 0.8
    assert salt["ssim"] < 0.5


@pytest.mark.parametrize("pixels", photographs.ROLLED)
def test_a_rolled_camera_under_cw_ssim_and_ssim(pixels: int) -> None:
    case = by_label(photographs.geometry(), f"rolled to the right by {pixels} px")
    cw, plain = photographs.ROLLED[pixels]
    found = scores("geometry", case)
    assert found["cw-ssim"] == pytest.approx(cw, abs=6e-5)
    assert found["ssim"] == pytest.approx(plain, abs=6e-5)


def test_ssim_of_luma_is_blind_to_damage_of_colour() -> None:
    *blind, noise = (scores("color_alone", case) for case in SCENES["color_alone"].cases())
    for each in blind:
        assert each["ssim"] > 0.98
        assert each["psnr of luma"] > each["psnr"] + 10
    assert noise["ssim"] < 0.8
    context = MetricContext(255.0, "mean")
    case = SCENES["color_alone"].cases()[0]
    by_channels = find("ssim").make(context).bind(case.reference.pixels)
    assert by_channels.value(case.distorted.pixels) < 0.98
    assert np.ptp(case.distorted.pixels, axis=2).max() < 1e-6


def test_colours_of_one_luma_are_the_same_to_ssim_of_luma_and_not_to_the_mean_of_channels() -> None:
    for case in SCENES["equal_luma"].cases():
        board, gray = case.distorted.pixels, case.reference.pixels
        assert board.min() >= 0
        assert board.max() <= 255
        np.testing.assert_allclose(board @ formulas.LUMA, gray[..., 0], atol=1e-9)
        found = scores("equal_luma", case)
        assert found["ssim"] == pytest.approx(1.0, abs=1e-9)
        assert found["mse"] > 100
        channels = find("ssim").make(MetricContext(255.0, "mean"))
        assert channels.bind(gray).value(board) < 0.9


def test_the_variance_of_the_window_is_the_one_that_the_ramps_are_predicted_with() -> None:
    places = np.arange(11) - 5
    weights = np.exp(-(places**2) / (2 * 1.5**2))
    assert float((weights * places**2).sum() / weights.sum()) == pytest.approx(2.2434897544)
