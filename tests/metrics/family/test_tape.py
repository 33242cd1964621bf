"""Derivatives of formulas of arrays are exact, through every operation and linear map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.metrics.family import linear_maps as maps
from ssim_viewer.metrics.family import tape
from ssim_viewer.metrics.family.tape import Node

if TYPE_CHECKING:
    from collections.abc import Callable

RANDOM = np.random.default_rng(4)
IMAGE = RANDOM.normal(size=(9, 12)) + 3
RANDOM_KERNEL = RANDOM.normal(size=(3, 5))
WEIGHTS = RANDOM.normal(size=(40, 40))

FORMULAS: dict[str, Callable[[Node], Node]] = {
    "sum": lambda a: a + 2.0,
    "difference": lambda a: 1.0 - a,
    "product": lambda a: a * a * 2.0,
    "quotient": lambda a: (a + 1.0) / (a * a + 2.0),
    "number over array": lambda a: 2.0 / a,
    "power": lambda a: a**2.4,
    "negative": lambda a: -a,
    "root": tape.root,
    "logarithm": tape.logarithm,
    "sigmoid": tape.sigmoid,
    "magnitude": lambda a: tape.magnitude(a - 3.0),
    "largest": lambda a: tape.largest(a, 3.0),
    "chosen": lambda a: tape.where(a.value > 3, a, a * 5.0),
    "mean of all": lambda a: a * tape.mean(a),
    "median": lambda a: a * tape.median(a),
}
LINEAR: dict[str, Callable[[Node], Node]] = {
    "filtered": lambda a: maps.filtered(a, np.array([1.0, 2, 4]), np.array([1.0, -3])),
    "filtered by": lambda a: maps.filtered_by(a, RANDOM_KERNEL),
    "inside": lambda a: maps.filtered_inside(a, np.array([1.0, 2, 4])),
    "every third": lambda a: maps.every(a, 3),
    "between zeros": maps.between_zeros,
    "halved": maps.halved,
    "part": lambda a: maps.started_at(a, 2, (4, 5)),
    "cropped": lambda a: maps.cropped(a, 1, 2, 3, 4),
    **{
        border: lambda a, border=border: maps.padded(a, 2, 3, border)  # type: ignore[misc]
        for border in ("zero", "reflect", "reflect-101", "replicate")
    },
}


def weighted(formula: Callable[[Node], Node], image: Node) -> Node:
    result = formula(image)
    height, width = result.value.shape
    return tape.total(result * WEIGHTS[:height, :width])


@pytest.mark.parametrize("name", [*FORMULAS, *LINEAR])
def test_the_derivative_is_exact_at_every_sample(name: str) -> None:
    formula = {**FORMULAS, **LINEAR}[name]
    image = tape.leaf(IMAGE)
    found = tape.gradient(weighted(formula, image), image)
    step = 1e-5
    for place in np.ndindex(*IMAGE.shape):
        ahead, behind = IMAGE.copy(), IMAGE.copy()
        ahead[place] += step
        behind[place] -= step
        values = [float(weighted(formula, tape.leaf(each)).value) for each in (ahead, behind)]
        assert found[place] == pytest.approx((values[0] - values[1]) / (2 * step), abs=1e-6)


def test_a_number_that_does_not_depend_on_the_image_has_no_slope() -> None:
    image = tape.leaf(IMAGE)
    assert not tape.gradient(tape.mean(tape.constant(IMAGE)), image).any()


def test_kinks_have_no_slope() -> None:
    image = tape.leaf(np.zeros((2, 2)))
    for formula in (tape.root, tape.magnitude, lambda a: a**0.25):
        assert not tape.gradient(tape.total(formula(image)), image).any()
