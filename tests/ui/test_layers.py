"""Maps of other metrics in the panes: titles, places, colours, menus and readout."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QAction

from ssim_viewer.jobs.measuring import missing_others
from ssim_viewer.metrics import Layer, MapGeometry, Quantity
from ssim_viewer.metrics.maps.spec import MapKind
from ssim_viewer.session.family import (
    FIRST_MAP,
    GRADIENT,
    MetricLayer,
    made,
)
from ssim_viewer.session.intents import ChooseQuantity
from ssim_viewer.session.measurement import Measurement
from ssim_viewer.session.readout import layers_text
from ssim_viewer.session.state import Layout, Session
from ssim_viewer.ui.pane.layer_menus import LayerMenus
from ssim_viewer.ui.pane.pane_content import content_picture, note_of, shown_title
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from ssim_viewer.ui.theme.colors import LIGHT
from tests.ui.pairs import looking, session_of

if TYPE_CHECKING:
    from typing import Any

    from pytestqt.qtbot import QtBot

SIZE = 176
IMPULSE = (90, 60)
"""Row and column of the one place that differs."""


def smooth(seed: int = 3) -> Any:
    y, x = np.mgrid[:SIZE, :SIZE]
    noise = np.random.default_rng(seed).normal(0, 12, (SIZE, SIZE))
    return np.clip(128 + 50 * np.sin(x / 4) * np.cos(y / 5) + noise, 0, 255).astype(np.uint8)


def measured(session: Session, *contents: Quantity | MetricLayer) -> Session:
    """Return the session with panes and what the workers find for them."""
    panes = (*contents, *session.look.panes[len(contents) :])
    session = looking(session, panes=panes)
    request = missing_others(session)
    if request is None:
        return session
    found = request.run(lambda *_: None)
    return replace(session, measurements=session.measurements.with_latest(*found))


def of_pair(session: Session) -> Session:
    """Return the session as workers leave it: what was measured are the arrays of the pair."""
    pair, before = session.document.pair, session.measured
    assert pair is not None
    assert before is not None
    arrays = pair.reference.pixels, pair.distorted.pixels
    found = replace(before, reference=arrays[0], distorted=arrays[1])
    return replace(session, measurements=session.measurements.with_ssim(found))


def with_impulse(*contents: Quantity | MetricLayer) -> Session:
    reference = smooth()
    distorted = reference.copy()
    row, column = IMPULSE
    distorted[row - 1 : row + 2, column - 1 : column + 2] = 255
    distorted[row, column] = 0
    return measured(of_pair(session_of(reference, distorted)), *contents)


@pytest.fixture(scope="module")
def impulse() -> Session:
    return with_impulse(
        *(MetricLayer(name, FIRST_MAP) for name in ("ms-ssim", "cw-ssim", "mae", "psnr")),
        MetricLayer("ms-ssim", GRADIENT),
    )


def test_a_difference_stands_at_its_place_in_every_map(impulse: Session) -> None:
    family = impulse.measurements
    assert family is not None
    maps = [name for name in family.layers if name.metric in ("ms-ssim", "cw-ssim", "mae")]
    maps = [name for name in maps if min(family.layers[name].values.shape) > 1]
    assert len(maps) > 12
    for name in maps:
        picture = content_picture(impulse, name)
        assert picture is not None
        values = np.asarray(picture.values, float)
        loss = np.abs(values) if name.metric == "mae" or name.layer == GRADIENT else 1 - values
        loss = np.where(loss > 0.5 * loss.max(), loss, 0)  # the tails reach the border
        rows, columns = np.indices(loss.shape)
        centre = (
            picture.offset + picture.side * ((index * loss).sum() / loss.sum() + 0.5)
            for index in (rows, columns)
        )
        for found, place in zip(centre, IMPULSE, strict=True):
            assert found == pytest.approx(place + 0.5, abs=max(1.5, 0.5 * picture.side)), name


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (MetricLayer("ms-ssim", "scale 1"), "MS-SSIM · scale 1 (166×166)"),
        (MetricLayer("ms-ssim", "scale 2"), "MS-SSIM · scale 2 (78×78)"),
        (MetricLayer("ms-ssim", FIRST_MAP), "MS-SSIM · scale 1 (166×166)"),
        (MetricLayer("ms-ssim", "scale 9"), "MS-SSIM · scale 1 (166×166)"),
        (MetricLayer("ms-ssim", GRADIENT), f"MS-SSIM · gradient ({SIZE}×{SIZE})"),
        (MetricLayer("w-ssim", "weight"), "W-SSIM · weight"),
        (Quantity.SSIM, "SSIM"),
    ],
)
def test_a_title_says_the_true_size(
    impulse: Session, content: Quantity | MetricLayer, title: str
) -> None:
    assert shown_title(impulse, content) == title


@pytest.mark.parametrize(
    ("content", "levels"),
    [
        (MetricLayer("ms-ssim", "scale 2"), (0.0, 1.0)),
        (MetricLayer("cw-ssim", FIRST_MAP), (0.98, 1.0)),
        (MetricLayer("mae", FIRST_MAP), (0.0, None)),
        (MetricLayer("psnr", FIRST_MAP), (0.0, None)),
        (MetricLayer("ms-ssim", GRADIENT), (None, None)),
    ],
)
def test_colours_say_similarity_error_or_sign(
    impulse: Session, content: MetricLayer, levels: tuple[float | None, float | None]
) -> None:
    picture = content_picture(impulse, content)
    assert picture is not None
    assert picture.scale is not None
    for level, expected in zip(picture.scale.levels, levels, strict=True):
        assert expected is None or level == expected
    if content.layer == GRADIENT:
        assert picture.scale.levels[0] == -picture.scale.levels[1]


def test_a_layer_that_goes_against_its_score_is_coloured_by_what_it_says(impulse: Session) -> None:
    assert impulse.measured is not None
    name = MetricLayer("gmsd", "gradient similarity")
    layer = Layer(np.full((8, 8), 0.9), MapGeometry(0.0, 2), similarity=True)
    found = Measurement(
        impulse.measured.reference,
        impulse.measured.distorted,
        "gmsd",
        made(impulse.document, "gmsd"),
        {"gmsd": 0.1},
        {name: layer},
    )
    picture = content_picture(
        replace(impulse, measurements=impulse.measurements.with_latest(found)), name
    )
    assert picture is not None
    assert picture.scale is not None
    assert picture.scale.kind is MapKind.SIMILARITY
    assert picture.scale.levels == (0.9, 1.0)


def test_the_score_stands_beside_a_map_while_it_is_of_the_image_on_screen(
    impulse: Session,
) -> None:
    name = MetricLayer("ms-ssim", "scale 1")
    assert impulse.measurements is not None
    assert note_of(impulse, name) == f"{impulse.measurements.values['ms-ssim']:.4f}"
    moved = session_of(smooth(), smooth(seed=4))
    assert (
        note_of(
            replace(
                moved, measurements=replace(moved.measurements, others=impulse.measurements.others)
            ),
            name,
        )
        == ""
    )


def test_the_readout_tells_what_the_maps_in_the_panes_say(impulse: Session) -> None:
    shown = looking(impulse, panes=(MetricLayer("ms-ssim", "scale 2"), *impulse.look.panes[1:]))
    text = layers_text(shown, IMPULSE[1], IMPULSE[0])
    assert text.startswith("MS-SSIM scale 2 0.")
    assert "MAE absolute error" in text
    assert "MS-SSIM scale 2 –" in layers_text(shown, 0, 0)


def test_a_pane_exports_a_layer_in_its_colours(impulse: Session, qtbot: QtBot) -> None:
    grid = PaneGrid()
    qtbot.addWidget(grid)
    lookup = grid.scale(MetricLayer("ms-ssim", "scale 2"), impulse)
    assert lookup is not None
    assert lookup.levels == (0.0, 1.0)


def actions_of(menus: LayerMenus, metric: str) -> dict[str, QAction]:
    menu = menus.menus[metric]
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions() if action.text()}


def test_the_menu_of_a_pane_offers_the_maps_of_what_was_measured(
    impulse: Session, qtbot: QtBot
) -> None:
    grid = PaneGrid()
    qtbot.addWidget(grid)
    grid.resize(900, 600)
    grid.restyle(LIGHT)
    grid.show_session(looking(impulse, layout=Layout.SIX))
    pane = grid.panes[0]
    offered = actions_of(pane.menu.layers, "ms-ssim")
    assert [*offered] == ["Scale 1", "Scale 2", "Scale 3", "Scale 4", "Scale 5", "Gradient"]
    assert offered["Scale 1"].isChecked()
    with qtbot.waitSignal(pane.intended) as told:
        offered["Scale 2"].trigger()
    assert told.args == [ChooseQuantity(0, MetricLayer("ms-ssim", "scale 2"))]


def test_a_metric_that_was_not_measured_offers_its_map_unseen(
    impulse: Session, qtbot: QtBot
) -> None:
    grid = PaneGrid()
    qtbot.addWidget(grid)
    grid.show_session(impulse)
    pane = grid.panes[1]
    with qtbot.waitSignal(pane.intended) as told:
        actions_of(pane.menu.layers, "w-ssim")["Its map"].trigger()
    assert told.args == [ChooseQuantity(1, MetricLayer("w-ssim", FIRST_MAP))]
