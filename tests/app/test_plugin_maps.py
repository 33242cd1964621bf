"""Maps that another package brings, where they go wrong: each is named, and SSIM is shown."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ssim_viewer.app import create_window
from ssim_viewer.metrics import MapInputs, MapSpec, MetricError, Quantity, broken_maps, get_map
from ssim_viewer.metrics.maps import registry
from ssim_viewer.session import intents
from ssim_viewer.session.family import PAIR, MetricLayer
from ssim_viewer.ui.pane.pane_content import content_picture
from tests.app.conftest import Driver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot


def luminance_error(inputs: MapInputs) -> NDArray[Any]:
    return 1 - inputs.ssim.components(inputs.distorted).luminance


def raising(inputs: MapInputs) -> NDArray[Any]:
    raise MetricError(f"there are {inputs.reference.ndim} axes.")


MAPS: tuple[object, ...] = (
    MapSpec("luminance error", "Luminance error", "1 − l.", luminance_error),
    MapSpec("raising", "Raising", "Always wrong.", raising),
    MapSpec("cube", "Cube", "Not flat.", lambda _: np.zeros((2, 2, 2))),
    MapSpec("ssim", "Another SSIM", "Its name is taken.", luminance_error),
    "no map at all",
)


@pytest.fixture
def extended(
    qtbot: QtBot, photographs: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Driver]:
    points = [
        SimpleNamespace(name=f"map {number}", load=lambda each=each: each)
        for number, each in enumerate(MAPS)
    ]
    monkeypatch.setattr(registry, "entry_points", lambda **_: points)
    registry.find_maps.cache_clear()
    window = create_window(*photographs)
    window.show()
    driver = Driver(window, qtbot)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()
    registry.find_maps.cache_clear()


def show(driver: Driver, name: str) -> None:
    driver.want(intents.ChooseQuantity(2, MetricLayer(PAIR, name)))


def test_what_is_no_map_or_has_a_name_that_is_taken_is_left_out_and_named(extended: Driver) -> None:
    assert set(broken_maps()) == {"map 3", "map 4"}
    assert "already" in broken_maps()["map 3"]
    assert get_map("Luminance-Error").title == "Luminance error"
    with pytest.raises(MetricError, match="There is no map 'nothing'; there are reference"):
        get_map("nothing")


def test_a_map_of_the_parts_of_ssim_follows_the_settings_of_ssim(extended: Driver) -> None:
    show(extended, "luminance error")
    first = content_picture(extended.session, extended.session.look.panes[2])
    extended.want(intents.ChangeMetric(extended.session.document.metric.__class__(k1=0.5)))
    second = content_picture(extended.session, extended.session.look.panes[2])
    assert first is not None
    assert second is not None
    assert float(np.asarray(second.values).mean()) < float(np.asarray(first.values).mean())


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("raising", "Raising was switched off: there are 2 axes."),
        ("cube", "Cube was switched off: Cube has the shape (2, 2, 2), not (rows, columns)."),
        ("gone", "The map “gone” is not installed any more."),
    ],
)
def test_a_map_that_fails_is_named_and_ssim_is_shown(
    extended: Driver, name: str, sentence: str
) -> None:
    show(extended, "luminance error")
    extended.want(intents.ChooseQuantity(3, MetricLayer(PAIR, name)))
    assert extended.notice == sentence
    assert extended.session.look.panes[3] is Quantity.SSIM
    assert extended.session.look.panes[2] == MetricLayer(PAIR, "luminance error")
