"""SciPy's core, given bounds as arrays, makes the iterates of SciPy's own function."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from ssim_viewer.synthesis.optimizers.lbfgsb import by_minimize, iterates


@pytest.mark.parametrize("bounds", [None, (0, 1.0), (-1.0, 0.6)], ids=str)
def test_the_iterates_are_those_of_minimize_to_the_last_bit(
    bounds: tuple[float, float] | None,
) -> None:
    """Rosenbrock's valley, whose lowest point lies at 1, once behind a bound."""

    def loss(x: np.ndarray) -> tuple[float, np.ndarray]:
        rest, gap = 1 - x[:-1], x[1:] - x[:-1] ** 2
        gradient = np.zeros_like(x)
        gradient[:-1] = -2 * rest - 400 * x[:-1] * gap
        gradient[1:] += 200 * gap
        return float((rest**2 + 100 * gap**2).sum()), gradient

    start = np.linspace(-0.9, 0.5, 12)
    ours, theirs = (
        [x.copy() for x in islice(found(loss, start, bounds), 200)]
        for found in (iterates, by_minimize)
    )
    assert len(ours) > 10
    np.testing.assert_array_equal(ours, theirs)
