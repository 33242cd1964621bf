"""The words of a climb: which way, by which rule, and what one step of it hands out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Direction(StrEnum):
    """Towards better or worse quality, as the metric sees it."""

    ASCENT = "ascent"
    DESCENT = "descent"


class Rule(StrEnum):
    """How the length and the direction of a step are chosen."""

    FIXED = "fixed"
    """The paper's: a constant times the tangent of the gradient, then back onto the sphere."""
    ADAPTIVE = "adaptive"
    """Nonlinear conjugate gradient with a step length that is found anew each time."""


class Optimizer(StrEnum):
    """How a reconstruction makes its way; all keep pixels in range by clipping them."""

    GRADIENT = "gradient"
    """A constant times the gradient."""
    ADAM = "adam"
    """Kingma and Ba, ICLR 2015: running means of the gradient and its square, by pixel."""
    LBFGSB = "l-bfgs-b"
    """Byrd, Lu, Nocedal and Zhu, SIAM J. Sci. Comput. 16(5), 1995, as SciPy has it."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step of a climb; index 0 is the start.

    Parameters
    ----------
    index
        Number of moves made so far.
    image
        Float64, or float32 where the metric works in single precision; read-only, shaped like the
        reference.
    value
        The metric of the image.
    mse
        The MSE of the image as computed from its pixels: constant on a sphere, falling (as a
        rule) in a reconstruction.
    step_size
        Root mean square length of the move that led here, in pixel units; 0 at the start.
    gradient_norm
        Euclidean norm of the gradient along the directions allowed here (on a sphere see
        `EqualMseSphere.tangent`); 0 where the climb can go no further.
    """

    index: int
    image: NDArray[Any]
    value: float
    mse: float
    step_size: float
    gradient_norm: float


@dataclass(frozen=True, slots=True, eq=False)
class HeldStep:
    """One step of maximum differentiation; index 0 is the start.

    Parameters
    ----------
    index
        Number of moves made so far.
    image
        Float64, read-only, shaped like the reference.
    value
        The metric that is varied.
    held
        The metric that is held, as computed from the pixels.
    deviation
        Of `held` from its value at the start, relative to it (absolute where that is zero).
    step_size
        Root mean square length of the move that led here, in pixel units; 0 at the start.
    gradient_norm
        Euclidean norm of the varied metric's gradient along the directions allowed here; 0 where
        the climb can go no further.
    """

    index: int
    image: NDArray[Any]
    value: float
    held: float
    deviation: float
    step_size: float
    gradient_norm: float
