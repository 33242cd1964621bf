"""Scores, rate and BD-rate of candidates, against plain formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as PillowImage

from ssim_viewer.images import ImageError, Pairing, image_from_array, read_image
from ssim_viewer.metrics import Ssim, ssim
from ssim_viewer.reports.bd_rate import bd_rate
from ssim_viewer.reports.candidates import judge
from ssim_viewer.reports.html_report import html_report, report_entry

if TYPE_CHECKING:
    from pathlib import Path

RANDOM = np.random.default_rng(0)
SCENE = RANDOM.integers(0, 256, (60, 80, 3), dtype=np.uint8)


def test_a_candidate_has_the_scores_of_plain_formulas_and_the_rate_of_its_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "coded.jpg"
    PillowImage.fromarray(SCENE).save(path, quality=70)
    coded = read_image(path)
    reference = image_from_array(SCENE, "reference")
    found = judge(reference, coded, Ssim(color="luma"), others=("mae",))
    x, y = SCENE.astype(float), np.asarray(PillowImage.open(path), dtype=float)
    weights = np.array([0.299, 0.587, 0.114])
    assert found.values["mse"] == pytest.approx(np.mean((x - y) ** 2))
    luma_error = np.mean(((x - y) @ weights) ** 2)
    assert found.values["psnr_luma"] == pytest.approx(10 * np.log10(255**2 / luma_error))
    assert found.values["ssim"] == pytest.approx(ssim(x @ weights, y @ weights, data_range=255))
    assert found.values["mae"] == pytest.approx(np.mean(np.abs(x - y)))
    assert found.bits_per_pixel == 8 * path.stat().st_size / (60 * 80)
    assert found.thumbnail is not None
    assert found.thumbnail.shape == (48, 64, 3)


def test_a_metric_that_fails_is_named_and_costs_no_other() -> None:
    small = image_from_array(SCENE[:20, :20], "small")
    found = judge(small, small, Ssim(), others=("cw-ssim",))
    assert found.values["ssim"] == pytest.approx(1)
    assert found.problem.startswith("cw-ssim: ")


def test_two_sizes_are_refused_without_an_alignment() -> None:
    first, second = image_from_array(SCENE, "a"), image_from_array(SCENE[:, :70], "b")
    with pytest.raises(ImageError):
        judge(first, second, Ssim())
    assert judge(first, second, Ssim(), pairing=Pairing("crop")).values["mse"] == 0


def curve(scale: float) -> list[tuple[float, float]]:
    """Rates at which a quality of 30 + 6 log2(rate) is reached, by a scale of the rate."""
    return [(scale * rate, 30 + 6 * np.log2(rate)) for rate in (0.25, 0.5, 1, 2, 4)]


@pytest.mark.parametrize("scale", [0.5, 0.8, 1.0, 1.3])
def test_the_same_quality_at_a_part_of_the_rate_is_that_bd_rate(scale: float) -> None:
    assert bd_rate(curve(1.0), curve(scale)) == pytest.approx(100 * (scale - 1), abs=1e-6)


def test_there_is_no_bd_rate_of_too_few_points_or_of_curves_that_do_not_meet() -> None:
    assert bd_rate(curve(1.0)[:3], curve(0.5)) is None
    assert bd_rate(curve(1.0), [(rate, quality + 90) for rate, quality in curve(1.0)]) is None


def test_the_page_holds_its_pictures_and_escapes_names() -> None:
    reference = image_from_array(SCENE, "<reference>")
    found = judge(reference, image_from_array(SCENE, "a & b"), Ssim())
    entry = report_entry(found, SCENE, 255.0)
    page = html_report(reference, [entry], ["mse", "ssim"], "11×11 Gaussian")
    assert "&lt;reference&gt;" in page
    assert "a &amp; b" in page
    assert "11×11 Gaussian" in page
    assert page.count("data:image/png;base64,") == 2
    assert "http" not in page.lower()
