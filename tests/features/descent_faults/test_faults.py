"""The four faults: each one's own mark, and all four together as people report them."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from skimage.metrics import structural_similarity

from ssim_viewer.features.descent_faults.jobs import SAME
from ssim_viewer.features.descent_faults.script import (
    ALL,
    STEPS,
    Faults,
    Run,
    run,
    scikit_image_gradient,
)
from ssim_viewer.features.descent_faults.state import runs_of
from ssim_viewer.images import read_sample
from ssim_viewer.metrics import Ssim
from ssim_viewer.session.intents import OpenSample
from tests.app.conftest import Driver
from tests.app.test_names import silent_ones

X = read_sample("camera").pixels[150:250, 200:300].astype(float)
Y = np.clip(X + 50 * np.random.default_rng(0).normal(size=X.shape), 0, 255)
SIGMA2 = float(np.mean((Y - X) ** 2))


def result(**switched: bool) -> Run:
    """Return the whole run, checked against the start."""
    runs = list(run(Ssim(data_range=255).bind(X), X, Y, 255.0, Faults(**switched)))
    assert len(runs) == STEPS + 1
    return runs[-1]


def test_the_right_version_descends_and_holds_the_mse() -> None:
    right = result()
    assert right.mssim[-1] < -0.2
    assert right.mse == pytest.approx([SIGMA2] * (STEPS + 1), rel=1e-12)


def test_all_four_reproduce_the_report() -> None:
    """MSE falls to σ²/N and MSSIM rises to 1, although descent was wanted."""
    x = read_sample("camera").pixels[:384].astype(float)
    y = np.clip(x + 17.2 * np.random.default_rng(0).normal(size=x.shape), 0, 255)
    *_, faulty = run(Ssim(data_range=255).bind(x), x, y, 255.0, ALL)
    assert faulty.mse[0] == pytest.approx(279, abs=1)
    assert faulty.mse[-1] == pytest.approx(faulty.mse[0] / x.size, rel=1e-9)
    assert faulty.mssim[-1] > 0.9999
    assert faulty.mssim[0] < 0.5


@pytest.mark.parametrize("faults", [Faults(), Faults(unit_radius=True), ALL])
def test_a_pair_that_differs_by_rounding_runs_without_a_warning(faults: Faults) -> None:
    """On the small sphere the image is the reference itself, from where no direction leads."""
    y = X.copy()
    y[50, 50] = np.nextafter(y[50, 50], 255)
    *_, last = run(Ssim(data_range=255).bind(X), X, y, 255.0, faults)
    assert np.isfinite(last.image).all()
    assert last.mssim[-1] == pytest.approx(1.0, abs=1e-12)


def test_a_plus_sign_ascends() -> None:
    assert result(ascent_sign=True).mssim[-1] > result().mssim[0] + 0.1


def test_a_radius_of_sigma_makes_the_mse_sigma_squared_over_n() -> None:
    faulty = result(unit_radius=True)
    assert faulty.mse[1] == pytest.approx(SIGMA2 / X.size, rel=1e-9)
    assert faulty.mssim[1] > 0.999


def test_sigma_50_on_their_images_is_their_very_figure() -> None:
    assert pytest.approx(0.0127, abs=5e-5) == 50**2 / (512 * 384)


def test_a_matrix_product_hardly_projects() -> None:
    """More than half of the radial part of the gradient is still in the step."""
    gradient = Ssim(data_range=255).bind(X).value_and_gradient(Y)[1]
    e = (Y - X) / np.linalg.norm(Y - X)
    wrong = gradient - e @ e.T @ gradient
    assert abs(np.vdot(wrong, e)) > 0.5 * abs(np.vdot(gradient, e))


def test_the_foreign_gradient_is_that_of_scikit_image() -> None:
    _, expected = structural_similarity(X, Y, gradient=True, data_range=255)
    np.testing.assert_allclose(scikit_image_gradient(X, Y, 255.0), expected, atol=1e-12)
    ours = Ssim(data_range=255).bind(X).value_and_gradient(Y)[1]
    cosine = np.vdot(ours, expected) / np.linalg.norm(ours) / np.linalg.norm(expected)
    assert cosine < 0.95


def test_a_foreign_gradient_descends_less() -> None:
    assert result(foreign_gradient=True).mssim[-1] > result().mssim[-1] + 0.01


def test_runs_come_a_step_at_a_time() -> None:
    first = next(islice(run(Ssim(data_range=255).bind(X), X, Y, 255.0, Faults()), 1))
    assert [*first.mse] == pytest.approx([SIGMA2])


def opened(driver: Driver) -> QWidget:
    driver.trigger("open_descent_faults")
    driver.settle()
    window: QWidget = driver.program.features["descent_faults"].window
    return window


def text(window: QWidget, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None
    return label.text()


def click(driver: Driver, window: QWidget, name: str) -> None:
    found = window.findChild(QWidget, name)
    assert found is not None
    if isinstance(found, QCheckBox):
        driver.qtbot.keyClick(found, Qt.Key.Key_Space)
    else:
        driver.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    driver.settle()


def test_all_four_are_on_at_first_and_the_window_tells_both_results(driver: Driver) -> None:
    window = opened(driver)
    runs = runs_of(driver.session)
    assert runs is not None
    assert runs.done
    assert runs.faults == ALL
    assert runs.faulty.mse[-1] == pytest.approx(runs.faulty.mse[0] / 64**2)
    assert "σ²/N" in text(window, "faults_told")
    assert f"MSSIM {runs.faulty.mssim[-1]:.5f}" in text(window, "faults_told")
    assert not silent_ones(window)


def test_a_switch_runs_anew_and_names_the_wrong_line(driver: Driver) -> None:
    window = opened(driver)
    click(driver, window, "faults_none")
    assert "wrong:" not in text(window, "fault_ascent_sign_line")
    click(driver, window, "fault_ascent_sign")
    assert "Y ← Y + λ T" in text(window, "fault_ascent_sign_line")
    runs = runs_of(driver.session)
    assert runs is not None
    assert runs.faults == Faults(ascent_sign=True)
    assert runs.faulty.mssim[-1] > runs.faulty.mssim[0] > runs.right.mssim[-1]


def test_without_faults_both_curves_are_one(driver: Driver) -> None:
    window = opened(driver)
    click(driver, window, "faults_none")
    runs = runs_of(driver.session)
    assert runs is not None
    assert runs.faulty.mssim == runs.right.mssim


def test_identical_images_have_no_direction(driver: Driver) -> None:
    driver.want(OpenSample("camera"))
    window = opened(driver)
    assert text(window, "faults_problem") == SAME
