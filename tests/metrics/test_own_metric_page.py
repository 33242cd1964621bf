"""The metric that the page on own metrics shows works as it stands there."""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.metrics import MetricContext
from ssim_viewer.metrics.registry import GROUP
from tests.metrics.scenes import noisy_pair, numeric_gradient

if TYPE_CHECKING:
    from types import ModuleType

PAGE = Path(__file__).parents[2] / "docs" / "own-metric.md"


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the page's file as a module."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "minkowski.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "minkowski", raising=False)
    return importlib.import_module("minkowski")


def test_its_gradient_is_the_derivative_of_its_value(module: ModuleType) -> None:
    x, y = noisy_pair(9, 11)
    bound = module.minkowski(MetricContext()).bind(x)
    value, gradient = bound.value_and_gradient(y)
    assert value == pytest.approx(np.mean((x - y) ** 4) ** 0.25)
    np.testing.assert_allclose(gradient, numeric_gradient(bound.value, y), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("channels", [(), (3,)])
def test_it_has_a_map_of_the_size_of_the_image(
    module: ModuleType, channels: tuple[int, ...]
) -> None:
    x, y = noisy_pair(9, 11, *channels)
    layers = module.minkowski(MetricContext()).bind(x).layers(y)
    assert layers["error"].values.shape == (9, 11)


def test_its_entry_point_is_one_that_the_catalogue_reads(module: ModuleType) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    points = tomllib.loads(text)["project"]["entry-points"][GROUP]
    (name,) = points.values()
    assert callable(getattr(module, name.split(":")[1]))
