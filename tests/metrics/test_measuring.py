"""One way to measure by any metric: in one pass where a metric can, else one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest

from ssim_viewer.metrics import (
    Layer,
    MapGeometry,
    MetricContext,
    MetricError,
    Mse,
    Ssim,
    catalogue,
)
from ssim_viewer.metrics.measuring import measure
from ssim_viewer.metrics.protocol import MeasuresInOnePass, PassResult
from tests.metrics.scenes import noisy_pair

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@pytest.mark.parametrize("name", list(catalogue()))
def test_score_maps_and_gradient_are_those_that_the_metric_has_one_by_one(name: str) -> None:
    x, y = noisy_pair(180, 176, 3)
    bound = catalogue()[name].make(MetricContext(color="luma")).bind(x)
    found = measure(bound, y, gradient=True)
    value, gradient = bound.value_and_gradient(y)
    assert found.value == pytest.approx(bound.value(y), rel=1e-12)
    assert found.value == pytest.approx(value, rel=1e-9)
    assert found.gradient is not None
    np.testing.assert_allclose(found.gradient, gradient, atol=1e-6 * np.abs(gradient).max())
    layers = bound.layers(y)
    assert list(found.maps) == list(layers)
    for key, layer in layers.items():
        np.testing.assert_allclose(found.maps[key].values, layer.values, rtol=1e-5, atol=1e-5)
        assert found.maps[key].geometry == layer.geometry


def test_maps_that_are_not_asked_for_are_not_made() -> None:
    x, y = noisy_pair(40, 40)
    bound = Ssim(data_range=255).bind(x)
    assert list(measure(bound, y, {"contrast"}).maps) == ["contrast"]
    assert measure(bound, y, ()).maps == {}
    assert measure(Mse().bind(x), y, ()).maps == {}
    assert measure(bound, y, ()).gradient is None


def test_ssim_tells_its_parts_and_how_far_it_is() -> None:
    x, y = noisy_pair(600, 500)
    bound = Ssim(data_range=255).bind(x)
    assert isinstance(bound, MeasuresInOnePass)
    fractions: list[float] = []
    found = measure(bound, y, report=fractions.append)
    parts = bound.components(y)
    assert found.parts["structure"] == pytest.approx(parts.structure.mean(), rel=1e-6)
    assert fractions == sorted(fractions)


class GivenUpError(Exception):
    pass


@dataclass(frozen=True)
class Own:
    """A metric of somebody else that makes all in one pass."""

    higher_is_better: ClassVar[bool] = False
    result: float = 2.0

    def bind(self, reference: ArrayLike, /) -> Own:
        return self

    def value(self, distorted: ArrayLike, /) -> float:
        raise AssertionError("it is made in one pass")

    map = value_and_gradient = layers = value

    def one_pass(self, distorted: ArrayLike, /, *, report: Any = None, **asked: Any) -> PassResult:
        if report is not None:
            report(0.5)
        layer = Layer(np.zeros((2, 2)), MapGeometry(0.0, 1))
        return PassResult(self.result, {"own": layer})


def test_a_metric_of_ones_own_is_measured_in_one_pass_where_it_can() -> None:
    own: Any = Own()
    assert measure(own, np.zeros((2, 2))).value == 2.0

    def give_up(_: float) -> None:
        raise GivenUpError

    with pytest.raises(GivenUpError):
        measure(own, np.zeros((2, 2)), report=give_up)
    with pytest.raises(MetricError, match="no number"):
        measure(replace(own, result=np.nan), np.zeros((2, 2)))
