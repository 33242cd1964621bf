"""Values to greys: every operator against its formula in float64."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.images.tone import Operator, Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def srgb(t: Array) -> Array:
    return np.where(t <= 0.0031308, 12.92 * t, 1.055 * np.power(t, 1 / 2.4) - 0.055)


CURVES: dict[Operator, Callable[[Array], Array]] = {
    Operator.LINEAR: lambda t: t,
    Operator.SRGB: srgb,
    Operator.LOG: lambda t: np.log(1 + 1000 * t) / np.log(1001),
}


@pytest.mark.parametrize("operator", Operator)
@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32, np.float64])
@pytest.mark.parametrize(
    ("black", "white", "exposure"), [(0, 255, 0), (20, 90, 1), (-5, 400, -1.5)]
)
def test_an_operator_is_its_formula(
    operator: Operator, kind: type, black: float, white: float, exposure: float
) -> None:
    values: NDArray[np.generic] = np.linspace(0, 255, 997).reshape(1, -1).astype(kind)
    share = np.clip((values.astype(np.float64) - black) / (white - black) * 2**exposure, 0, 1)
    expected = 255 * CURVES[operator](share)
    found = Tone(black, white, exposure, operator).applied(values)
    assert found.dtype == np.uint8
    # 14 bits before the curve: the steep start of the logarithm is off by up to two greys.
    allowed = 2.7 if operator is Operator.LOG else 0.7
    assert np.abs(found - expected).max() <= allowed


def test_what_is_not_a_number_is_black_and_the_rest_as_it_was() -> None:
    values = np.array([[np.nan, 0.5, 1.0]])
    for operator in Operator:
        found = Tone(0, 1, 0, operator).applied(values)
        assert (found[0, 0], found[0, 2]) == (0, 255)
