"""Reverse accumulation: a formula written in arrays, and its exact derivative by every sample.

A `Node` is an array on the way from the image to the score. Arithmetic on nodes remembers, for each
input, how a derivative by the result becomes one by that input; `gradient` goes that way back once.

    y = leaf(image)
    score = mean((y - x) ** 2)
    gradient(score, y)          # 2 (y - x) / N

Conventions
-----------
- Kinks (|a| at 0, the larger of equal values, the root of 0) have the derivative 0 from that side.
- Scalars and arrays of one shape meet; nothing else is broadcast.
- A linear map is given with its adjoint, see `linear`; those of images stand in `linear_maps`.

Griewank, Walther: Evaluating Derivatives, 2nd edition, SIAM 2008, chapter 3.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Pull = Callable[[Array], Any]


class Node:
    """An array, and how derivatives by it go back to what it was made of.

    What no leaf went into remembers nothing, so that its memory is free once it has been used.
    """

    __array_ufunc__ = None  # NumPy leaves arithmetic with nodes to them
    __slots__ = ("order", "parents", "traced", "value")
    _count = 0

    def __init__(
        self, value: Any, parents: tuple[tuple[Node, Pull], ...] = (), *, is_leaf: bool = False
    ) -> None:
        self.value: Array = np.asarray(value, np.float64)
        self.parents = tuple(each for each in parents if each[0].traced)
        self.traced: bool = is_leaf or bool(self.parents)
        Node._count += 1
        self.order = Node._count

    def __add__(self, other: Node | Array | float) -> Node:
        a, b = self, constant(other)
        return Node(a.value + b.value, ((a, _same), (b, _same)))

    def __sub__(self, other: Node | Array | float) -> Node:
        a, b = self, constant(other)
        return Node(a.value - b.value, ((a, _same), (b, np.negative)))

    def __mul__(self, other: Node | Array | float) -> Node:
        a, b = self, constant(other)
        return Node(
            a.value * b.value, ((a, lambda slope: slope * b.value), (b, lambda s: s * a.value))
        )

    def __truediv__(self, other: Node | Array | float) -> Node:
        a, b = self, constant(other)
        quotient = a.value / b.value
        return Node(
            quotient,
            ((a, lambda slope: slope / b.value), (b, lambda slope: -slope * quotient / b.value)),
        )

    def __pow__(self, exponent: float) -> Node:
        """Raise to a constant power; the slope at 0 is 0 where it would be infinite."""
        a = self.value
        power = a * a if exponent == 2 else a**exponent

        def pull(slope: Array) -> Array:
            steep = np.divide(power, a, out=np.zeros_like(power), where=a != 0)
            steep *= exponent
            steep *= slope
            return steep

        return Node(power, ((self, pull),))

    def __neg__(self) -> Node:
        return Node(-self.value, ((self, np.negative),))

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: Array | float) -> Node:
        return constant(other) - self

    def __rtruediv__(self, other: Array | float) -> Node:
        return constant(other) / self


def leaf(image: NDArray[Any]) -> Node:
    """Return an image by which derivatives are wanted."""
    return Node(image, is_leaf=True)


def constant(value: Node | Array | float) -> Node:
    """Return a number or an array as a node that no derivative is asked of."""
    return value if isinstance(value, Node) else Node(value)


def gradient(result: Node, by: Node) -> Array:
    """Return the derivative of a number by every sample of a leaf, in the leaf's shape.

    The way back can be gone once: what it needed is let go of on the way.
    """
    slopes: dict[int, Array] = {id(result): np.ones_like(result.value)}
    summed: set[int] = set()  # slopes that are sums, and so arrays of their own
    waiting = _backwards(result)
    while waiting:
        node = waiting.pop()
        slope = slopes.pop(id(node), None)
        if node is by:
            return np.zeros_like(by.value) if slope is None else slope
        parents, node.parents = node.parents, ()  # gone once, the way back is free memory
        if slope is None:
            continue
        for parent, pull in parents:
            key = id(parent)
            part = _of_shape(np.asarray(pull(slope), np.float64), parent.value.shape)
            known = slopes.get(key)
            if known is None:
                slopes[key] = part
            elif key in summed and known.ndim:
                known += part
            else:
                slopes[key] = known + part
                summed.add(key)
    return np.zeros_like(by.value)


def _backwards(result: Node) -> list[Node]:
    """Return all that a number was made of, each node after what it was made of."""
    found: dict[int, Node] = {}
    waiting = [result]
    while waiting:
        node = waiting.pop()
        if id(node) not in found:
            found[id(node)] = node
            waiting += [parent for parent, _ in node.parents]
    return sorted(found.values(), key=lambda node: node.order)


def _of_shape(slope: Array, shape: tuple[int, ...]) -> Array:
    """Sum over what a number was broadcast to, or spread a number over an array."""
    if slope.shape == shape:
        return slope
    return np.asarray(slope.sum()) if shape == () else np.broadcast_to(slope, shape)


def _same(slope: Array) -> Array:
    return slope


def linear(node: Node, forward: Pull, adjoint: Pull) -> Node:
    """Return a linear map of a node, given with its adjoint."""
    return Node(forward(node.value), ((node, adjoint),))


def total(node: Node) -> Node:
    """Return the sum of all samples."""
    return Node(node.value.sum(), ((node, _same),))


def mean(node: Node) -> Node:
    """Return the mean of all samples."""
    return total(node) / node.value.size


def root(node: Node) -> Node:
    """Return the square root; where it is 0 its slope is taken as 0."""
    value = np.sqrt(node.value)
    slope = np.divide(0.5, value, out=np.zeros_like(value), where=value > 0)
    return Node(value, ((node, lambda s: s * slope),))


def cube_root(node: Node) -> Node:
    """Return the cube root; where it is 0 its slope is taken as 0."""
    value: Array = np.cbrt(node.value)

    def pull(slope: Array) -> Array:
        square = 3 * value * value
        steep: Array = np.divide(slope, square, out=np.zeros_like(value), where=square > 0)
        return steep

    return Node(value, ((node, pull),))


def logarithm(node: Node) -> Node:
    """Return the natural logarithm."""
    return Node(np.log(node.value), ((node, lambda slope: slope / node.value),))


def sigmoid(node: Node) -> Node:
    """Return 1 / (1 + exp(-a))."""
    value = 1 / (1 + np.exp(-node.value))
    return Node(value, ((node, lambda slope: slope * value * (1 - value)),))


def magnitude(node: Node) -> Node:
    """Return |a|."""
    sign = np.sign(node.value)
    return Node(np.abs(node.value), ((node, lambda slope: slope * sign),))


def largest(a: Node, b: Node | Array | float) -> Node:
    """Return the larger of two; where both are equal the first one has the derivative."""
    b = constant(b)
    first = ~(a.value < b.value)
    return Node(
        np.maximum(a.value, b.value),
        ((a, lambda slope: np.where(first, slope, 0)), (b, lambda s: np.where(first, 0, s))),
    )


def where(condition: NDArray[np.bool_], a: Node | float, b: Node | float) -> Node:
    """Return the samples of `a` where the condition holds, and those of `b` elsewhere."""
    a, b = constant(a), constant(b)
    return Node(
        np.where(condition, a.value, b.value),
        (
            (a, lambda slope: np.where(condition, slope, 0)),
            (b, lambda slope: np.where(condition, 0, slope)),
        ),
    )


def median(node: Node) -> Node:
    """Return the median of all samples, the mean of the middle two where their number is even."""
    count = node.value.size
    middle = sorted({(count - 1) // 2, count // 2})
    places = np.argpartition(node.value, middle, axis=None)[middle]

    def pull(slope: Array) -> Array:
        adjoint = np.zeros(count)
        adjoint[places] = slope / len(middle)
        return adjoint.reshape(node.value.shape)

    return Node(node.value.ravel()[places].mean(), ((node, pull),))
