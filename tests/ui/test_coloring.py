"""Maps reduced and coloured by a compiled kernel look as those of array code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.session.color_scale import scale_of
from ssim_viewer.session.map_scale import Reading
from ssim_viewer.ui.pane import coloring

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.session.color_scale import ColorScale

RAMP = np.linspace(0, 255, 512).round().astype(np.uint8)[:, np.newaxis].repeat(3, axis=1)
SCALES = {
    "values": scale_of(RAMP, (-1.0, 1.0)),
    "a part of the range, with marks": scale_of(RAMP, (0.2, 0.7), beyond=(0xFF0000FF, 0xFFFF0000)),
    "errors": scale_of(RAMP, (0.0, 1.0), reading=Reading.COMPLEMENT, negative=0xFF00FF00),
    "decibels": scale_of(RAMP, (0.0, 40.0), reading=Reading.DECIBELS),
}


@pytest.fixture
def values() -> NDArray[np.float32]:
    """Return a map with all that colours know: values beyond both ends, and some missing."""
    found = np.random.default_rng(7).uniform(-1.2, 1.2, (61, 83)).astype(np.float32)
    found[20:24, 30:50] = np.nan
    return found


def both(
    monkeypatch: pytest.MonkeyPatch, values: NDArray[np.float32], scale: ColorScale
) -> tuple[tuple[NDArray[np.uint32], bool], tuple[NDArray[np.uint32], bool]]:
    """Return colours by the kernel and by array code."""
    pytest.importorskip("numba")
    assert coloring.warm_up()
    compiled = coloring.reduced_and_colored(values, (50, 40), scale)
    monkeypatch.setattr(coloring, "made", Kernels("none", ""))
    return compiled, coloring.reduced_and_colored(values, (50, 40), scale)


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_compiled_colours_are_those_of_array_code_to_one_place_of_the_table(
    monkeypatch: pytest.MonkeyPatch, values: NDArray[np.float32], scale: ColorScale
) -> None:
    (compiled, complete), (plain, also_complete) = both(monkeypatch, values, scale)
    assert not complete
    assert not also_complete
    np.testing.assert_array_equal(compiled == 0, plain == 0)
    channels = [found.view(np.uint8).astype(int) for found in (compiled, plain)]
    far = np.abs(channels[0] - channels[1]).reshape(*compiled.shape, 4).max(axis=2)
    assert np.mean(far > 1) < 0.002  # at the very edge of a mark


def test_a_map_without_gaps_is_complete_and_keeps_its_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = np.linspace(-1, 1, 200, dtype=np.float32)[np.newaxis].repeat(100, axis=0)
    (compiled, complete), _ = both(monkeypatch, values, SCALES["values"])
    assert complete
    greys = (compiled & 0xFF).astype(int)
    assert (np.diff(greys, axis=1) >= 0).all()
    assert greys.min() < 5
    assert greys.max() > 250
