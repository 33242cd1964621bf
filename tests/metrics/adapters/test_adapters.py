"""Metrics of other programs are offered where those are there; stand-ins speak their interfaces.

The real ones were tried by hand: see `make_values.py` beside this for those that are compared.
"""

from __future__ import annotations

import os
import stat
import sys
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ssim_viewer.metrics import (
    MetricContext,
    MetricError,
    catalogue,
    find,
    lacking_adapters,
    with_settings,
)
from ssim_viewer.metrics.adapters import entries, installed, vmaf
from ssim_viewer.metrics.adapters.bound import Answer, BoundAdapter
from ssim_viewer.metrics.adapters.butteraugli import Butteraugli
from ssim_viewer.metrics.adapters.flip import Flip
from ssim_viewer.metrics.adapters.settings import AdapterBase
from ssim_viewer.metrics.adapters.torch_engine import TorchEngine
from ssim_viewer.metrics.measuring import measure
from ssim_viewer.metrics.registry import _found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ["flip", "lpips", "dists", "cvvdp", "vmaf", "butteraugli"]
posix = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are scripts")


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder that is all of the path."""
    monkeypatch.setenv("PATH", str(tmp_path))
    vmaf._ffmpeg.cache_clear()
    yield tmp_path
    vmaf._ffmpeg.cache_clear()


def put(folder: Path, name: str, body: str) -> None:
    """Put a program there, written in Python."""
    file = folder / name
    file.write_text(f"#!{sys.executable}\nimport sys\nwords = sys.argv[1:]\n{body}")
    file.chmod(file.stat().st_mode | stat.S_IEXEC)


def pair(*channels: int) -> tuple[Any, Any]:
    random = np.random.default_rng(0)
    x = random.uniform(20, 200, (9, 12, *channels))
    return x, x + random.normal(0, 5, x.shape)


def test_what_is_missing_is_told_in_a_sentence_and_not_listed(
    on_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "_is_there", lambda _: False)
    monkeypatch.setattr(vmaf, "package_folder", lambda _: None)
    monkeypatch.setattr(entries, "ADAPTERS", entries.KNOWN)
    _found.cache_clear()
    try:
        assert list(lacking_adapters()) == NAMES
        assert not set(NAMES) & set(catalogue())
        for name, sentence in lacking_adapters().items():
            assert " is offered once " in sentence
            with pytest.raises(MetricError) as caught:
                find(name)
            assert str(caught.value) == sentence
    finally:
        monkeypatch.undo()
        _found.cache_clear()


def test_weights_are_looked_for_where_torch_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    file = tmp_path / "hub" / "checkpoints" / "net.pth"
    assert str(file) in installed.lack_of_weights("LPIPS", "net.pth")
    file.parent.mkdir(parents=True)
    file.touch()
    assert installed.lack_of_weights("LPIPS", "net.pth") == ""


def test_the_entries_are_whole() -> None:
    for each in entries.KNOWN:
        entry = each.entry
        assert (
            entry.make(MetricContext(data_range=255.0)).higher_is_better == entry.higher_is_better
        )
        assert entry.summary.endswith(".")
        assert entry.has_gradient == (entry.name in {"lpips", "dists", "cvvdp"})
    assert [each.entry.name for each in entries.KNOWN] == NAMES


def test_flip_gives_value_and_map_and_says_that_it_has_no_gradient(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    package = ModuleType("flip_evaluator")

    def evaluate(x: Any, y: Any, *settings: Any) -> Any:
        assert settings == ("LDR", True, False, True, {"ppd": 67.0})
        error = np.abs(x - y).mean(axis=2, keepdims=True)
        return error, float(error.mean()), {}

    vars(package)["evaluate"] = evaluate
    monkeypatch.setitem(sys.modules, "flip_evaluator", package)
    x, y = pair(3)
    bound = Flip(data_range=255.0).bind(x)
    assert bound.value(y) == pytest.approx(np.abs(x - y).mean() / 255, rel=1e-5)
    assert bound.map(y).shape == x.shape[:2]
    with pytest.raises(MetricError, match="FLIP has no gradient"):
        bound.value_and_gradient(y)
    with pytest.raises(MetricError, match="differ in size"):
        bound.value(y[:-1])
    y[2, 2] = np.nan
    with pytest.raises(MetricError, match="NaN"):
        bound.value(y)
    with pytest.raises(MetricError, match=r"^pixels_per_degree is a number"):
        Flip(pixels_per_degree=-1.0)


MAPS = r"""
if not words:
    print("usage: [--rawdistmap <map.pfm>]")
    sys.exit(1)
import struct
if "--rawdistmap" in words:
    rows = [float(n) for n in range(9) for _ in range(12)]
    with open("map.pfm", "wb") as file:
        file.write(b"Pf\n12 9\n-1.0\n" + struct.pack("<108f", *rows))
print("2.5\n3-norm: 1.25")
"""


@posix
def test_butteraugli_is_read_from_its_program(on_path: Path) -> None:
    put(on_path, "butteraugli_main", MAPS)
    x, y = pair()
    bound = Butteraugli(data_range=255.0).bind(x)
    assert bound.value(y) == 2.5
    assert Butteraugli(data_range=255.0, pooling="3-norm").bind(x).value(y) == 1.25
    (layer,) = bound.layers(y).values()
    np.testing.assert_array_equal(layer.values[:, 0], np.arange(9)[::-1])  # rows from below
    with pytest.raises(MetricError, match=r"^pooling is one of 'largest', '3-norm', not 'mean'"):
        with_settings(Butteraugli(), {"pooling": "mean"})


@posix
def test_an_old_butteraugli_has_a_value_and_says_that_it_has_no_map(on_path: Path) -> None:
    put(on_path, "butteraugli_main", 'print("2.5" if words else "usage")')
    x, y = pair(3)
    bound = Butteraugli(data_range=255.0).bind(x)
    assert list(bound.layers(y)) == ["absolute error"]
    assert "older than libjxl" in bound.notes[0]


FFMPEG = """  # --enable-libvmaf
if "-h" in words:
    print("Unknown filter 'libvmaf'." if LACKS else "Filter libvmaf")
    sys.exit(0)
import json, time
from pathlib import Path
if SLOW:
    Path("started").touch()
    time.sleep(600)
size = Path("distorted.yuv").stat().st_size
assert size == 3 * 9 * 12
json.dump({"frames": [{"metrics": {"vmaf": 81.5}}]}, open("log.json", "w"))
"""


@posix
def test_vmaf_is_read_from_the_log_of_ffmpeg(on_path: Path) -> None:
    put(on_path, "ffmpeg", "LACKS = SLOW = False" + FFMPEG)
    assert vmaf.lack() == ""
    x, y = pair(3)
    bound = vmaf.Vmaf(data_range=255.0).bind(x)
    assert bound.value(y) == 81.5
    assert list(bound.layers(y)) == ["absolute error"]


@posix
def test_an_ffmpeg_without_the_filter_is_refused_in_a_sentence(on_path: Path) -> None:
    put(on_path, "ffmpeg", "LACKS, SLOW = True, False" + FFMPEG)
    x, y = pair()
    with pytest.raises(MetricError, match="has no filter libvmaf"):
        vmaf.Vmaf(data_range=255.0).bind(x).value(y)


@posix
def test_a_child_ends_when_the_work_is_cancelled(on_path: Path) -> None:
    put(on_path, "ffmpeg", "LACKS, SLOW = False, True" + FFMPEG)
    x, y = pair()
    bound = vmaf.Vmaf(data_range=255.0).bind(x)
    looks = 0

    def report(fraction: float) -> None:
        nonlocal looks
        looks += 1
        if looks > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure(bound, y, report=report)


class _Tensor:
    """The few things of a tensor that are asked for."""

    def __init__(self, array: Any) -> None:
        self.array = np.asarray(array, np.float32)

    def __getitem__(self, key: Any) -> _Tensor:
        return _Tensor(self.array[key])

    def __float__(self) -> float:
        return float(self.array)

    def permute(self, *axes: int) -> _Tensor:
        return _Tensor(self.array.transpose(axes))

    def sum(self) -> _Tensor:
        return self

    def numpy(self) -> Any:
        return self.array

    def requires_grad_(self, wanted: bool) -> _Tensor:
        return self

    detach = cpu = float = contiguous = lambda self: self


class _Context:
    def __init__(self, *wanted: bool) -> None:
        pass

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None: ...


@pytest.mark.parametrize("channels", [(), (1,), (3,)], ids=str)
def test_a_gradient_of_torch_reaches_the_samples_of_the_image(channels: tuple[int, ...]) -> None:
    x, y = pair(*channels)

    def grad(score: _Tensor, image: _Tensor) -> Any:
        unit = np.broadcast_to((x.reshape(9, 12, -1) / 255), (9, 12, 3)).transpose(2, 0, 1)
        return (_Tensor(2 * (image.array - unit[None])),)

    torch = SimpleNamespace(
        from_numpy=_Tensor,
        set_grad_enabled=_Context,
        no_grad=_Context,
        autograd=SimpleNamespace(grad=grad),
    )

    class Metric(AdapterBase):
        def engine(self, reference: Any, /) -> TorchEngine:
            def squared(a: _Tensor, b: _Tensor) -> _Tensor:
                return _Tensor(((a.array - b.array) ** 2).sum())

            def local(a: _Tensor, b: _Tensor) -> _Tensor:
                return _Tensor(((a.array - b.array) ** 2).sum(axis=(0, 1)))

            return TorchEngine(torch, reference, squared, local, "squares")

    bound = Metric(data_range=255.0).bind(x)
    value, gradient = bound.value_and_gradient(y)
    repeated = 3 if channels != (3,) else 1
    assert value == pytest.approx(repeated * ((x - y) ** 2).sum() / 255**2, rel=1e-4)
    np.testing.assert_allclose(gradient, repeated * 2 * (y - x) / 255**2, rtol=1e-2, atol=1e-9)
    assert bound.layers(y)["squares"].values.sum() == pytest.approx(value, rel=1e-4)


def test_a_score_that_is_no_number_is_refused() -> None:
    class Engine:
        def measured(self, y: Any, /, **asked: Any) -> Answer:
            return Answer(float("nan"))

    class Metric(AdapterBase):
        def engine(self, reference: Any, /) -> Engine:
            return Engine()

    x, y = pair()
    bound = Metric(data_range=255.0).bind(x)
    assert isinstance(bound, BoundAdapter)
    with pytest.raises(MetricError, match="no number"):
        bound.value(y)
