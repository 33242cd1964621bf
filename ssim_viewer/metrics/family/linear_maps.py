"""Filtering, padding and sampling of a plane, each with its adjoint, as nodes of a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from ssim_viewer.metrics.borders import border_index, fold
from ssim_viewer.metrics.family.tape import Node, linear

if TYPE_CHECKING:
    from ssim_viewer.metrics.borders import Border
    from ssim_viewer.metrics.family.tape import Array


def filtered(plane: Node, along_rows: Array, along_columns: Array | None = None) -> Node:
    """Return a plane correlated with a separable kernel, of the same size; outside it is 0.

    Kernels of n taps reach from (n - 1) // 2 samples before to n // 2 after, as MATLAB's `conv2`
    with "same" does.
    """
    if along_columns is None:
        along_columns = along_rows
    anchor = ((len(along_rows) - 1) // 2, (len(along_columns) - 1) // 2)
    back = (len(along_rows) - 1 - anchor[0], len(along_columns) - 1 - anchor[1])
    flipped = along_rows[::-1], along_columns[::-1]
    return linear(
        plane,
        lambda a: _correlated(a, along_rows, along_columns, anchor),
        lambda slope: _correlated(slope, *flipped, back),
    )


def correlated(plane: Array, taps: Array) -> Array:
    """Return a plane correlated with the same taps, odd in number, along both axes."""
    half = len(taps) // 2
    return _correlated(plane, taps, taps, (half, half))


def inside(plane: Array, taps: Array) -> Array:
    """Return the correlation along both axes where all of the odd taps lie on the plane."""
    half = len(taps) // 2
    return correlated(plane, taps)[half : plane.shape[0] - half, half : plane.shape[1] - half]


def inside_adjoint(slope: Array, taps: Array) -> Array:
    """Apply the adjoint of `inside`, for taps that are the same from both ends."""
    half = len(taps) // 2
    return correlated(np.pad(slope, half), taps)


def _correlated(plane: Array, rows: Array, columns: Array, anchor: tuple[int, int]) -> Array:
    found = cv2.sepFilter2D(
        np.ascontiguousarray(plane),
        cv2.CV_64F,
        np.ascontiguousarray(rows),
        np.ascontiguousarray(columns),
        anchor=anchor,
        borderType=cv2.BORDER_CONSTANT,
    )
    return np.asarray(found, np.float64)


def cropped(plane: Node, top: int, left: int, bottom: int, right: int) -> Node:
    """Leave out samples at the four sides."""
    height, width = plane.value.shape
    inside = np.s_[top : height - bottom, left : width - right]

    def adjoint(slope: Array) -> Array:
        adjoint = np.zeros((height, width))
        adjoint[inside] = slope
        return adjoint

    return linear(plane, lambda a: a[inside], adjoint)


def filtered_inside(plane: Node, along_rows: Array, along_columns: Array | None = None) -> Node:
    """Return the correlation where the whole kernel, of odd length, lies on the plane."""
    across = along_rows if along_columns is None else along_columns
    x, y = len(along_rows) // 2, len(across) // 2
    return cropped(filtered(plane, along_rows, across), y, x, y, x)


def padded(plane: Node, before: int, after: int, border: Border) -> Node:
    """Extend a plane on all sides."""
    shape = plane.value.shape
    if border == "zero":
        inside = tuple(slice(before, before + length) for length in shape)
        return linear(plane, lambda a: np.pad(a, (before, after)), lambda slope: slope[inside])
    indices = [border_index(length, before, after, border) for length in shape]

    def adjoint(slope: Array) -> Array:
        for axis, (index, length) in enumerate(zip(indices, shape, strict=True)):
            slope = fold(slope, axis, before, index, length)
        return slope

    return linear(plane, lambda a: a[np.ix_(*indices)], adjoint)


def filtered_by(plane: Node, kernel: Array) -> Node:
    """Return a plane correlated with a kernel of two axes and odd sides; outside it is 0."""
    return linear(
        plane,
        lambda a: _correlated_by(a, kernel),
        lambda slope: _correlated_by(slope, kernel[::-1, ::-1]),
    )


def _correlated_by(plane: Array, kernel: Array) -> Array:
    found = cv2.filter2D(
        np.ascontiguousarray(plane),
        cv2.CV_64F,
        np.ascontiguousarray(kernel),
        borderType=cv2.BORDER_CONSTANT,
    )
    return np.asarray(found, np.float64)


def every(plane: Node, step: int) -> Node:
    """Return every `step`-th sample of every `step`-th row, from the first."""
    shape = plane.value.shape

    def adjoint(slope: Array) -> Array:
        adjoint = np.zeros(shape)
        adjoint[::step, ::step] = slope
        return adjoint

    return linear(plane, lambda a: a[::step, ::step], adjoint)


def between_zeros(plane: Node) -> Node:
    """Put the samples on every second place of every second row of a plane of twice the size."""
    height, width = plane.value.shape

    def forward(samples: Array) -> Array:
        wide = np.zeros((2 * height, 2 * width))
        wide[::2, ::2] = samples
        return wide

    return linear(plane, forward, lambda slope: slope[::2, ::2])


def started_at(plane: Node, first: int, shape: tuple[int, int]) -> Node:
    """Return the part of a shape that begins at a sample of the diagonal."""
    height, width = plane.value.shape
    return cropped(plane, first, first, height - first - shape[0], width - first - shape[1])


_PAIR = np.array([0.5, 0.5])


def halved(plane: Node) -> Node:
    """Return means of 2 × 2 from every second sample on; outside it is 0."""
    return every(filtered(plane, _PAIR), 2)
