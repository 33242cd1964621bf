"""The networks: a slim convolutional autoencoder, and SRCNN 9-5-5.

Snell, Ridgeway, Liao, Roads, Mozer, Zemel: Learning to generate images with perceptual similarity
metrics. IEEE ICIP, 2017. Dong, Loy, He, Tang: Image super-resolution using deep convolutional
networks. IEEE TPAMI 38(2), 2016.

A network is its weights, a dictionary of arrays, and pure functions of them and of images
(N, H, W) in [0, 1].
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp
import numpy as np

from ssim_viewer.training.settings import STRIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.training.settings import TrainingSettings

    Weights = dict[str, jax.Array]

CHANNELS = (16, 32, 32)
"""Of the three convolutions of the encoder, each of stride 2."""

LAYERS = ((9, 1, 64), (5, 64, 32), (5, 32, 1))
"""Of SRCNN: side of the filter, channels in, channels out."""


def make_network(
    settings: TrainingSettings,
) -> tuple[Weights, Callable[[Weights, jax.Array], jax.Array]]:
    """Return the first weights, which the seed decides, and the network as a function of them."""
    random = np.random.default_rng((settings.seed, 1))
    if settings.network == "sr":
        return _srcnn_weights(random), srcnn
    weights = _autoencoder_weights(random, settings.side, settings.code)
    return weights, autoencoder


def autoencoder(weights: Weights, images: jax.Array) -> jax.Array:
    """Return what the network makes of the codes of images, (N, H, W) in (0, 1)."""
    return decode(weights, encode(weights, images))


def encode(weights: Weights, images: jax.Array) -> jax.Array:
    """Return the codes of images, (N, code)."""
    x = images[..., None] - 0.5
    for place in range(len(CHANNELS)):
        x = jax.nn.relu(_convolution(weights, f"down{place}", x, stride=2))
    return x.reshape(len(x), -1) @ weights["code.w"] + weights["code.b"]


def decode(weights: Weights, codes: jax.Array) -> jax.Array:
    """Return the images of codes, (N, H, W) in (0, 1)."""
    x = jax.nn.relu(codes @ weights["picture.w"] + weights["picture.b"])
    side = math.isqrt(x.shape[1] // CHANNELS[-1])
    x = x.reshape(len(x), side, side, CHANNELS[-1])
    for place in range(len(CHANNELS)):
        if place:
            x = jax.nn.relu(x)
        x = jnp.repeat(jnp.repeat(x, 2, 1), 2, 2)  # to the nearest
        x = _convolution(weights, f"up{place}", x)
    return jax.nn.sigmoid(x[..., 0])


def srcnn(weights: Weights, images: jax.Array) -> jax.Array:
    """Return what SRCNN makes of images that were enlarged by cubic interpolation, (N, H, W)."""
    x = images[..., None]
    for place, (taps, _, _) in enumerate(LAYERS):
        margin = taps // 2
        x = jnp.pad(x, ((0, 0), (margin, margin), (margin, margin), (0, 0)), mode="edge")
        x = _convolution(weights, f"layer{place}", x, padding="VALID")
        if place < len(LAYERS) - 1:
            x = jax.nn.relu(x)
    return x[..., 0]


def _convolution(
    weights: Weights, name: str, x: jax.Array, *, stride: int = 1, padding: str = "SAME"
) -> jax.Array:
    convolved = jax.lax.conv_general_dilated(
        x,
        weights[f"{name}.w"],
        (stride, stride),
        padding,
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
    )
    return convolved + weights[f"{name}.b"]


def _autoencoder_weights(random: np.random.Generator, side: int, code: int) -> Weights:
    weights: dict[str, np.ndarray] = {}
    inner = (side // STRIDE) ** 2 * CHANNELS[-1]
    downwards = [1, *CHANNELS]
    upwards = [*reversed(CHANNELS), 1]
    for place in range(len(CHANNELS)):
        _add(weights, random, f"down{place}", (3, 3, downwards[place], downwards[place + 1]))
        _add(weights, random, f"up{place}", (3, 3, upwards[place], upwards[place + 1]))
    _add(weights, random, "code", (inner, code))
    _add(weights, random, "picture", (code, inner))
    return {name: jnp.asarray(value) for name, value in weights.items()}


def _srcnn_weights(random: np.random.Generator) -> Weights:
    """Return small weights and one path that hands the image on: SRCNN begins as the cubic."""
    weights: dict[str, np.ndarray] = {}
    for place, (taps, ahead, after) in enumerate(LAYERS):
        name = f"layer{place}"
        _add(weights, random, name, (taps, taps, ahead, after))
        if place == len(LAYERS) - 1:
            weights[f"{name}.w"] *= 0.01
        weights[f"{name}.w"][..., 0] = 0.0
        weights[f"{name}.w"][taps // 2, taps // 2, 0, 0] = 1.0
    return {name: jnp.asarray(value) for name, value in weights.items()}


def _add(
    weights: dict[str, np.ndarray],
    random: np.random.Generator,
    name: str,
    shape: tuple[int, ...],
) -> None:
    """Add weights after He et al. (2015), and biases of 0."""
    spread = math.sqrt(2.0 / math.prod(shape[:-1]))
    weights[f"{name}.w"] = (spread * random.standard_normal(shape)).astype(np.float32)
    weights[f"{name}.b"] = np.zeros(shape[-1], np.float32)
