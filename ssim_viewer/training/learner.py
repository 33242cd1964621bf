"""One network that learns by one loss."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from ssim_viewer.text import tr
from ssim_viewer.training.exact_losses import exact_loss
from ssim_viewer.training.loss_terms import parse_loss
from ssim_viewer.training.losses import traced_loss
from ssim_viewer.training.networks import make_network

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ssim_viewer.training.settings import TrainingSettings

    Plane = NDArray[np.float32]
    Network = Callable[[Any, Any], Any]

WHOLE_IMAGES = 16
"""How many small images go through a network at once."""


class Learner:
    """A network, its optimiser (Adam), and the last weights whose loss was a number.

    Parameters
    ----------
    settings
        Those of the run; the seed decides the first weights, so that all losses start alike.
    name
        Of the loss.
    """

    def __init__(self, settings: TrainingSettings, name: str) -> None:
        self.name = name
        self.seconds = 0.0
        self.stopped = ""
        self.value = float("nan")
        self.weights, network = make_network(settings)
        self._state: Any = optax.adam(settings.rate).init(self.weights)
        self._good = self.weights, self._state
        self._exact = exact_loss(parse_loss(name))
        self._update = _update(network, name, settings.side, settings.rate)
        self._apply = _applied(network)

    @property
    def state(self) -> tuple[NDArray[Any], ...]:
        """The arrays of the optimiser, in order."""
        return tuple(np.asarray(leaf) for leaf in jax.tree_util.tree_leaves(self._state))

    def restore(self, weights: Any, state: Sequence[NDArray[Any]]) -> None:
        """Go on from weights and the arrays of the optimiser."""
        self.weights = {name: jnp.asarray(value) for name, value in weights.items()}
        tree = jax.tree_util.tree_structure(self._state)
        leaves = [jnp.asarray(leaf) for leaf in state]
        self._state = jax.tree_util.tree_unflatten(tree, leaves)
        self._good = self.weights, self._state

    def learn(self, step: int, inputs: Plane, targets: Plane) -> None:
        """Do one step, unless the loss was given up; one that is no number gives it up."""
        if self.stopped:
            return
        began = time.perf_counter()
        weights, state, value = self._step(inputs, targets)
        self.seconds += time.perf_counter() - began
        if np.isfinite(value):
            self._good = self.weights, self._state
            self.weights, self._state, self.value = weights, state, value
            return
        self.weights, self._state = self._good
        self.stopped = tr(
            "The loss {title} was no number at step {step}; its network "
            "stopped and keeps its last good weights. A smaller learning rate may help.",
            title=parse_loss(self.name).title,
            step=step,
        )

    def outputs(self, images: Sequence[Plane]) -> list[Plane]:
        """Return what the network makes of images, each of its own size."""
        if len({each.shape for each in images}) == 1 and images[0].size <= 128**2:
            stacks = [
                np.stack(images[start : start + WHOLE_IMAGES])
                for start in range(0, len(images), WHOLE_IMAGES)
            ]
        else:
            stacks = [each[None] for each in images]
        return [out for stack in stacks for out in np.asarray(self._apply(self.weights, stack))]

    def _step(self, inputs: Plane, targets: Plane) -> tuple[Any, Any, float]:
        value, cotangent = 0.0, np.zeros_like(targets)
        if self._exact is not None:
            outputs = np.asarray(self._apply(self.weights, inputs))
            if not np.isfinite(outputs).all():
                return self.weights, self._state, float("nan")
            value, cotangent = self._exact(targets, outputs)
        weights, state, part = self._update(self.weights, self._state, inputs, targets, cotangent)
        return weights, state, value + float(part)


@cache
def _applied(network: Network) -> Network:
    """Return a network compiled; networks of all losses share it."""
    compiled: Network = jax.jit(network)
    return compiled


@cache
def _update(network: Network, name: str, side: int, rate: float) -> Callable[..., Any]:
    """Return one step, compiled.

    It is a function of weights, optimiser, inputs, targets and the cotangent of the exact terms,
    and returns weights and optimiser after the step, and the part of the loss that is traced.
    """
    loss, adam = parse_loss(name), optax.adam(rate)
    traced, exact = traced_loss(loss, side), any(term.exact for term in loss.terms)

    def followed(weights: Any, inputs: Any, targets: Any, cotangent: Any) -> tuple[Any, Any]:
        outputs = network(weights, inputs)
        part = jnp.zeros(()) if traced is None else traced(targets, outputs)
        # The gradient of this product by the outputs is the cotangent itself.
        return (part + jnp.vdot(cotangent, outputs) if exact else part), part

    def update(weights: Any, state: Any, *images: Any) -> tuple[Any, Any, Any]:
        slopes, part = jax.grad(followed, has_aux=True)(weights, *images)
        changes, state = adam.update(slopes, state, weights)
        return optax.apply_updates(weights, changes), state, part

    return jax.jit(update)
