"""Four faults of a much-copied script that wants descent and gets the reference back.

Each test shows the fault beside the right version. The script reports an MSE that falls from 296
to 0.0127 and an MSSIM that rises to 0.99999.
"""

from __future__ import annotations

import numpy as np
import pytest
from skimage.metrics import structural_similarity

from ssim_viewer.metrics import Ssim, mse
from ssim_viewer.synthesis import EqualMseSphere, descend


@pytest.fixture(scope="module")
def gradient(table_reference: np.ndarray, table_start: np.ndarray) -> np.ndarray:
    return Ssim().bind(table_reference).value_and_gradient(table_start)[1]


def radial_share(vector: np.ndarray, image: np.ndarray, reference: np.ndarray) -> float:
    """Return the length of the radial part of a vector as a share of the radial part wanted out."""
    e = (image - reference) / np.linalg.norm(image - reference)
    return abs(float(np.vdot(vector, e)))


def test_multiplying_the_error_as_a_matrix_leaves_most_of_the_radial_part(
    table_reference: np.ndarray, table_start: np.ndarray, gradient: np.ndarray
) -> None:
    """`I - E @ E.T` mixes rows of the image; the sphere needs one inner product of all pixels."""
    error = (table_start - table_reference) / np.linalg.norm(table_start - table_reference)
    copied = (np.eye(len(error)) - error @ error.T) @ gradient
    right = EqualMseSphere(table_reference, 2500, None).tangent(table_start, gradient)
    before = radial_share(gradient, table_start, table_reference)
    assert radial_share(copied, table_start, table_reference) > 0.6 * before
    assert radial_share(right, table_start, table_reference) < 1e-12 * before


def test_adding_the_gradient_climbs_and_only_subtracting_it_descends(
    table_reference: np.ndarray, table_start: np.ndarray, gradient: np.ndarray
) -> None:
    sphere, bound = EqualMseSphere(table_reference, 2500), Ssim().bind(table_reference)
    start, step = bound.value(table_start), 1e5
    copied = sphere.project(table_start + step * sphere.tangent(table_start, gradient))
    right = sphere.project(table_start + step * sphere.tangent(table_start, -gradient))
    assert bound.value(copied) > start
    assert bound.value(right) < start
    *_, last = descend(
        Ssim(), table_reference, table_start, rule="fixed", step_size=1, iterations=1
    )
    assert last.value < start


def test_a_radius_of_sigma_shrinks_the_error_to_nothing(
    table_reference: np.ndarray, table_start: np.ndarray
) -> None:
    """`X + sigma * E` with E of unit norm has MSE sigma² / N; the radius is sigma sqrt(N)."""
    sigma, pixels = 50.0, table_reference.size
    unit = (table_start - table_reference) / np.linalg.norm(table_start - table_reference)
    assert mse(table_reference, table_reference + sigma * unit) == pytest.approx(sigma**2 / pixels)
    assert sigma**2 / (512 * 384) == pytest.approx(0.0127, abs=5e-5)
    sphere = EqualMseSphere(table_reference, sigma**2, None)
    assert sphere.radius == pytest.approx(sigma * np.sqrt(pixels))
    assert mse(table_reference, sphere.project(table_start)) == pytest.approx(sigma**2, rel=1e-12)


def test_the_gradient_asked_of_another_score_is_not_the_gradient_of_this_one(
    table_reference: np.ndarray, table_start: np.ndarray, gradient: np.ndarray
) -> None:
    """scikit-image's gradient is of the padded map, with 7x7 uniform windows by default."""
    _, other = structural_similarity(table_reference, table_start, data_range=255, gradient=True)
    cosine = np.vdot(gradient, other) / np.linalg.norm(gradient) / np.linalg.norm(other)
    assert cosine < 0.95


def test_differences_of_bytes_wrap_around_and_so_are_taken_as_floats() -> None:
    reference = np.full((16, 16), 10, dtype=np.uint8)
    start = np.full((16, 16), 20, dtype=np.uint8)
    assert (reference - start).max() == 246  # the copied script's difference
    first = next(descend(Ssim(), reference, start))
    assert first.mse == 100
