"""Losses of the training library: MSE, MAE, SSIM, MS-SSIM and their sums, of batches (N, H, W).

SSIM is that of Wang et al. (2004): 11×11 Gaussian σ 1.5, windows inside the image only, population
covariance. The separable window is two products with a banded matrix B of (H - 10, H),

    W[x] = B x Bᵀ,

since small convolutions are several times slower on processors. Images are centred first, so that
variances lose nothing in single precision. Data range is 1.

MS-SSIM follows ((1 + v) / 2)^w, as climbs do (`metrics.ms_ssim`): means of an untrained network are
small or negative, and there the clamped product has no gradient.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp
import numpy as np

from ssim_viewer.metrics import MsSsim, Ssim
from ssim_viewer.metrics.ssim.window import gaussian_kernel
from ssim_viewer.text import tr
from ssim_viewer.training.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.training.loss_terms import Loss

    Function = Callable[[jax.Array, jax.Array], jax.Array]

C1, C2 = 0.01**2, 0.03**2
TAPS = Ssim().window_size


def traced_loss(loss: Loss, side: int) -> Function | None:
    """Return the sum of those terms that the training library computes, or None without any.

    Parameters
    ----------
    loss
        The loss.
    side
        Of the images, in pixels.

    Returns
    -------
    function of a reference and an output, both (N, side, side) in [0, 1]
        The mean over the batch.

    Raises
    ------
    TrainingError
        The images have no room for one window.
    """
    terms = [(term.weight, _function(term.metric, side)) for term in loss.terms if not term.exact]
    if not terms:
        return None

    def total(reference: jax.Array, output: jax.Array) -> jax.Array:
        return jnp.sum(jnp.stack([weight * value(reference, output) for weight, value in terms]))

    return total


def mse_loss(reference: jax.Array, output: jax.Array) -> jax.Array:
    """Return the mean squared error."""
    return jnp.mean((output - reference) ** 2)


def mae_loss(reference: jax.Array, output: jax.Array) -> jax.Array:
    """Return the mean absolute error."""
    return jnp.mean(jnp.abs(output - reference))


def ssim_loss(reference: jax.Array, output: jax.Array) -> jax.Array:
    """Return 1 - MSSIM."""
    luminance, contrast_structure = _similarity(reference, output)
    return 1.0 - jnp.mean(luminance * contrast_structure)


def ms_ssim_loss(reference: jax.Array, output: jax.Array, *, scales: int) -> jax.Array:
    """Return 1 - the shifted product of the means at so many scales, each image on its own."""
    weights = np.array(MsSsim().weights[:scales])
    weights = weights / weights.sum() if scales < len(MsSsim().weights) else weights
    product = jnp.ones(reference.shape[0])
    for scale, weight in enumerate(weights):
        luminance, contrast_structure = _similarity(reference, output)
        last = scale == scales - 1
        means = jnp.mean(luminance * contrast_structure if last else contrast_structure, (1, 2))
        product *= ((1.0 + means) / 2.0) ** weight
        if not last:
            reference, output = _halved(reference), _halved(output)
    return 1.0 - jnp.mean(product)


def banded_window(side: int) -> np.ndarray:
    """Return B of (side - 10, side): row i holds the Gaussian from column i on."""
    if side < TAPS:
        raise TrainingError(
            tr(
                "SSIM needs patches of at least {taps}×{taps} pixels, not {side}×{side}.",
                taps=TAPS,
                side=side,
            )
        )
    kernel = gaussian_kernel(TAPS, 1.5)
    band = np.zeros((side - TAPS + 1, side), np.float32)
    for row in range(len(band)):
        band[row, row : row + TAPS] = kernel
    return band


def _function(metric: str, side: int) -> Function:
    if metric in ("ssim", "ms-ssim"):
        banded_window(side)  # tells when there is no room
    if metric == "ms-ssim":
        return partial(ms_ssim_loss, scales=MsSsim().scales((side, side)))
    return {"mse": mse_loss, "mae": mae_loss, "ssim": ssim_loss}[metric]


def _similarity(reference: jax.Array, output: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Return the maps of luminance and of contrast times structure, (N, H - 10, W - 10)."""
    down, across = (jnp.asarray(banded_window(side)) for side in reference.shape[1:])
    x, y = reference - 0.5, output - 0.5
    stack = jnp.stack([x, y, x * x + y * y, x * y])
    mu_x, mu_y, squares, product = jnp.einsum("ai,knij,bj->knab", down, stack, across)
    variances = squares - mu_x**2 - mu_y**2
    covariance = product - mu_x * mu_y
    mu_x, mu_y = mu_x + 0.5, mu_y + 0.5
    luminance = (2 * mu_x * mu_y + C1) / (mu_x**2 + mu_y**2 + C1)
    return luminance, (2 * covariance + C2) / (variances + C2)


def _halved(images: jax.Array) -> jax.Array:
    """Return the means of boxes of 2 × 2; a side of odd length is extended by its last sample."""
    _, height, width = images.shape
    even = jnp.pad(images, ((0, 0), (0, height % 2), (0, width % 2)), mode="edge")
    rows, columns = even.shape[1] // 2, even.shape[2] // 2
    return jnp.mean(even.reshape(-1, rows, 2, columns, 2), (2, 4))
