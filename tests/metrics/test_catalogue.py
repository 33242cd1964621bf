"""The catalogue lists every metric by the names people use, plug-ins beside built-in ones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.metrics import (
    MetricContext,
    MetricEntry,
    MetricError,
    Ssim,
    broken_plugins,
    catalogue,
    find,
)
from ssim_viewer.metrics.registry import _found
from tests.metrics.scenes import noisy_pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BUILT_IN = ["mse", "mae", "psnr", "ssim", "ms-ssim", "cw-ssim", "w-ssim", "gmsd"]
BUILT_IN += ["ms-gmsd", "iw-ssim", "fsim", "fsimc", "vif", "haarpsi", "nlpd", "ssimulacra2"]

PLUGIN = '''
from ssim_viewer.metrics import Mae, MetricEntry, Mse


def doubtful(context):
    """Half-hearted errors."""
    return Mse()


entry = MetricEntry("mine", "My metric", "M", lambda context: Mae(), "It.", "Here.", False, 0.0)
taken = MetricEntry("ssim", "Not SSIM", "S", lambda context: Mae(), "It.", "Here.", False, 0.0)
number = 3


def broken(context):
    raise ZeroDivisionError("nothing to divide by")
'''


@pytest.fixture
def install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[dict[str, str]], None]]:
    """Put a package on the path that brings metrics under these names."""

    def put(points: dict[str, str]) -> None:
        (tmp_path / "plugin_of_a_test.py").write_text(PLUGIN)
        about = tmp_path / "plugin_of_a_test-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin-of-a-test\n")
        lines = [f"{name} = {target}" for name, target in points.items()]
        text = "\n".join(["[ssim_viewer.metrics]", *lines])
        (about / "entry_points.txt").write_text(text)
        monkeypatch.syspath_prepend(tmp_path)
        _found.cache_clear()

    yield put
    monkeypatch.undo()
    _found.cache_clear()


def test_the_built_in_metrics_stand_in_it() -> None:
    assert list(catalogue())[: len(BUILT_IN)] == BUILT_IN
    assert broken_plugins() == {}


@pytest.mark.parametrize("name", BUILT_IN)
def test_each_entry_makes_a_metric_that_is_as_it_says(name: str) -> None:
    entry = catalogue()[name]
    x, y = noisy_pair(*((161, 165, 3) if name == "iw-ssim" else (66, 70, 3)))
    x, y = x / 255, y / 255
    metric = entry.make(MetricContext(data_range=1.0, color="luma", ssim=Ssim(k1=0.02)))
    assert metric.higher_is_better == entry.higher_is_better
    bound = metric.bind(x)
    assert bound.value(x) == (
        entry.best if entry.best == math.inf else pytest.approx(entry.best, abs=1e-6)
    )
    assert (bound.value(x) > bound.value(y)) == entry.higher_is_better
    value, gradient = bound.value_and_gradient(y)
    assert value == bound.value(y)
    assert gradient.shape == y.shape
    layers = bound.layers(y)
    np.testing.assert_array_equal(bound.map(y), next(iter(layers.values())).values)
    assert hash(metric) == hash(entry.make(MetricContext(1.0, "luma", Ssim(k1=0.02))))
    assert entry.summary.endswith(".")
    assert entry.source


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("ssim", "ssim"),
        ("MSSIM", "ssim"),
        ("MS-SSIM", "ms-ssim"),
        ("ms_ssim", "ms-ssim"),
        ("multi-scale SSIM", "ms-ssim"),
        ("CWSSIM", "cw-ssim"),
        ("weighted SSIM", "w-ssim"),
        ("L1", "mae"),
        ("Psnr", "psnr"),
        ("mean squared error", "mse"),
    ],
)
def test_metrics_are_found_by_the_names_people_use(called: str, name: str) -> None:
    assert find(called).name == name


def test_msssim_is_the_multi_scale_one_and_no_name_means_two_metrics() -> None:
    assert find("msssim").name == "ms-ssim"
    names = [
        name.replace("-", "").replace(" ", "").casefold()
        for entry in catalogue().values()
        for name in {entry.name, *entry.aliases}
    ]
    assert len(names) == len(set(names))


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(MetricError) as caught:
        find("vmaf")
    assert str(caught.value).startswith("There is no metric 'vmaf'; there are mse, mae, psnr, ssim")


def test_a_plug_in_brings_an_entry_or_a_function(
    install: Callable[[dict[str, str]], None],
) -> None:
    install({"mine": "plugin_of_a_test:entry", "doubtful": "plugin_of_a_test:doubtful"})
    assert list(catalogue())[-2:] == ["mine", "doubtful"]
    assert broken_plugins() == {}
    assert (
        find("My metric").make(MetricContext()).bind(np.zeros((3, 3))).value(np.ones((3, 3))) == 1
    )
    entry = find("doubtful")
    assert isinstance(entry, MetricEntry)
    assert entry.summary == "Half-hearted errors."
    assert not entry.higher_is_better


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("plugin_of_a_test:broken", "ZeroDivisionError: nothing to divide by"),
        ("plugin_of_a_test:missing", "AttributeError"),
        ("package_that_is_not_there:entry", "ModuleNotFoundError"),
        ("plugin_of_a_test:number", "neither a MetricEntry nor a function"),
        ("plugin_of_a_test:taken", "the name 'ssim' is taken"),
    ],
)
def test_a_plug_in_that_fails_is_left_out_and_named(
    install: Callable[[dict[str, str]], None], target: str, words: str
) -> None:
    install({"bad": target})
    assert list(catalogue()) == BUILT_IN
    assert find("ssim").symbol == "MSSIM"
    sentence = broken_plugins()["bad"]
    assert sentence.startswith(f"The metric 'bad' ({target}) was left out: ")
    assert words in sentence
