"""Losses against our own metrics, against finite differences, and with too little room."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import Mae, Metric, Mse, MsSsim, Ssim
from ssim_viewer.training import MIX, TrainingError, parse_loss

jax = pytest.importorskip("jax")

from ssim_viewer.training.exact_losses import exact_loss  # noqa: E402
from ssim_viewer.training.losses import traced_loss  # noqa: E402

OURS: dict[str, Metric] = {
    "mse": Mse(),
    "mae": Mae(),
    "ssim": Ssim(data_range=1.0),
    "ms-ssim": MsSsim(data_range=1.0, negative="shifted"),
}


def images(side: int, count: int = 3) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    coarse = random.random((count, side // 4 + 1, side // 4 + 1))
    reference = np.kron(coarse, np.ones((4, 4)))[:, :side, :side].astype(np.float32)
    noise = 0.2 * random.standard_normal(reference.shape)
    return reference, np.clip(reference + noise, 0, 1).astype(np.float32)


@pytest.mark.parametrize("side", [11, 45])
@pytest.mark.parametrize("name", OURS)
def test_a_loss_and_its_gradient_are_those_of_our_metric(name: str, side: int) -> None:
    reference, output = images(side)
    function = traced_loss(parse_loss(name), side)
    assert function is not None
    value, gradient = jax.jit(jax.value_and_grad(function, argnums=1))(reference, output)
    bound = [OURS[name].bind(each.astype(np.float64)) for each in reference]
    ours = [
        each.value_and_gradient(y.astype(np.float64)) for each, y in zip(bound, output, strict=True)
    ]
    mean = np.mean([score for score, _ in ours])
    sign = 1.0 if name in ("mse", "mae") else -1.0
    assert float(value) == pytest.approx(mean if sign > 0 else 1 - mean, abs=1e-5)
    exact = sign * np.stack([slope for _, slope in ours]) / len(ours)
    assert np.abs(np.asarray(gradient) - exact).max() < 1e-5 * max(1.0, np.abs(exact).max())


@pytest.mark.parametrize("name", ["mse", "mae", "ssim", "ms-ssim", MIX, "gmsd", "w-ssim", "psnr"])
def test_the_gradient_of_every_loss_agrees_with_finite_differences(name: str) -> None:
    reference, output = images(32, 2)
    loss = parse_loss(name)
    direction = np.random.default_rng(0).standard_normal(output.shape).astype(np.float32)
    direction[:, 0, 0] = 3.0  # the corner counts
    traced, exact = traced_loss(loss, 32), exact_loss(loss)
    parts = [] if traced is None else [jax.jit(jax.value_and_grad(traced, argnums=1))]
    parts += [] if exact is None else [exact]
    h, at, along = 1e-5, output.astype(float), direction.astype(float)
    with jax.enable_x64(True):
        value, slope = _value_and_slope(parts, reference, at, along)
        up = _value_and_slope(parts, reference, at + h * along, along)[0]
        down = _value_and_slope(parts, reference, at - h * along, along)[0]
    assert np.isfinite(value)
    assert slope == pytest.approx((up - down) / (2 * h), rel=2e-3, abs=1e-6)


def _value_and_slope(
    parts: list[Any], reference: np.ndarray, output: np.ndarray, direction: np.ndarray
) -> tuple[float, float]:
    """Return a loss and its slope along a direction."""
    found = [part(reference.astype(float), output) for part in parts]
    slopes = [np.sum(np.asarray(gradient) * direction) for _, gradient in found]
    return float(sum(value for value, _ in found)), float(sum(slopes))


@pytest.mark.parametrize("name", ["ssim", "ms-ssim", "mse", "mae"])
def test_a_metric_through_its_own_gradient_is_the_same_loss(name: str) -> None:
    reference, output = images(48)
    traced, exact = traced_loss(parse_loss(name), 48), exact_loss(parse_loss(f"exact-{name}"))
    assert traced is not None
    assert exact is not None
    value, gradient = jax.jit(jax.value_and_grad(traced, argnums=1))(reference, output)
    own, cotangent = exact(reference, output)
    assert own == pytest.approx(float(value), abs=1e-5)
    assert np.abs(cotangent - np.asarray(gradient)).max() < 1e-6


def test_ms_ssim_has_fewer_scales_in_small_patches_and_says_so() -> None:
    assert "3 scales of 5 in patches of 48×48" in parse_loss("ms-ssim").notes(48)[0]
    assert "4 scales of 5" in parse_loss(MIX).notes(96)[0]
    assert parse_loss("ms-ssim").notes(176) == ()
    assert parse_loss("ssim").notes(48) == ()


def test_a_patch_without_room_for_a_window_is_told_in_a_sentence() -> None:
    with pytest.raises(TrainingError, match="at least 11×11 pixels, not 10×10"):
        traced_loss(parse_loss("ssim"), 10)
    exact = exact_loss(parse_loss("cw-ssim"))
    assert exact is not None
    with pytest.raises(TrainingError, match="cannot be had on these patches"):
        exact(*images(12))


@pytest.mark.parametrize("text", ["nothing", "0*mse", "x*mse", "mse+", "-1*ssim+mae", "inf*mae"])
def test_a_loss_that_makes_no_sense_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(TrainingError):
        parse_loss(text)


@pytest.mark.parametrize("name", ["mse", "ms-ssim", MIX, "exact-ssim", "gmsd", "0.5*ssim+2*gmsd"])
def test_the_name_of_a_loss_is_read_again(name: str) -> None:
    assert parse_loss(name).name == name
    assert parse_loss(parse_loss(name).name) == parse_loss(name)
    assert parse_loss(name).title
