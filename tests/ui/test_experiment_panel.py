"""The experiment panel and its transport: settings, buttons, keys and the history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QSlider,
    QWidget,
)

from ssim_viewer.session.intents import (
    ChangeExperiment,
    Pause,
    Play,
    ResetRun,
    ScrubTo,
    StepOnce,
)
from ssim_viewer.session.state import Experiment, Session, Start
from ssim_viewer.synthesis import Direction, Rule
from ssim_viewer.ui.controls.experiment_panel import ExperimentPanel
from ssim_viewer.ui.theme.colors import DARK
from tests.ui.sessions import run_of, session_of, with_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


@pytest.fixture
def panel(qtbot: QtBot) -> ExperimentPanel:
    panel = ExperimentPanel()
    qtbot.addWidget(panel)
    panel.restyle(DARK)
    panel.show_session(session_of())
    panel.resize(300, 400)
    panel.show()
    return panel


@pytest.fixture
def intents(panel: ExperimentPanel) -> list[object]:
    told: list[object] = []
    panel.intended.connect(told.append)
    return told


def find(panel: QWidget, kind: type[Any], name: str) -> Any:
    found = panel.findChild(kind, name)
    assert found is not None, name
    return found


def with_experiment(**settings: Any) -> Session:
    session = session_of()
    return replace(session, document=replace(session.document, experiment=Experiment(**settings)))


@pytest.mark.parametrize(
    "session",
    [
        Session(),
        with_experiment(start=Start.NOISE, noise_mse=123.5, seed=9, in_range=False),
        with_experiment(direction=Direction.ASCENT, rule=Rule.FIXED, step_size=0.25),
        with_run(session_of(), run_of(120, cursor=37), run_of(90)),
        replace(with_run(session_of(), run_of(5)), playing=True),
        session_of(floats=True),
    ],
)
def test_rendering_never_tells(
    panel: ExperimentPanel, intents: list[object], session: Session
) -> None:
    for each in (session, session_of(), session):
        panel.show_session(each)
    assert intents == []


@pytest.mark.parametrize(
    ("act", "changes"),
    [
        (
            lambda p: find(p, QAbstractButton, "experiment_start_noise").click(),
            {"start": Start.NOISE},
        ),
        (lambda p: find(p, QAbstractButton, "experiment_ascent").click(), {"direction": "ascent"}),
        (
            lambda p: find(p, QComboBox, "experiment_rule").setCurrentText("Fixed step (paper)"),
            {"rule": Rule.FIXED},
        ),
        (lambda p: find(p, QCheckBox, "experiment_in_range").click(), {"in_range": False}),
        (lambda p: find(p, QCheckBox, "experiment_step_automatic").click(), {"step_size": 2.55}),
    ],
)
def test_a_control_changes_its_setting(
    panel: ExperimentPanel,
    intents: list[object],
    act: Callable[[ExperimentPanel], None],
    changes: dict[str, Any],
) -> None:
    act(panel)
    assert intents == [ChangeExperiment(replace(Experiment(), **changes))]


def test_noise_has_an_mse_and_a_seed(panel: ExperimentPanel, intents: list[object]) -> None:
    mse = find(panel, QDoubleSpinBox, "experiment_noise_mse")
    seed = find(panel, QDoubleSpinBox, "experiment_seed")
    assert not mse.isEnabled()
    session = with_experiment(start=Start.NOISE, noise_mse=400)
    panel.show_session(session)
    assert mse.isEnabled()
    assert find(panel, QLabel, "experiment_noise_sigma").text() == "σ = 20.00"
    mse.setValue(900)
    seed.setValue(7)
    before = session.document.experiment
    assert intents == [
        ChangeExperiment(replace(before, noise_mse=900)),
        ChangeExperiment(replace(before, noise_mse=900, seed=7)),
    ]


def test_an_automatic_step_shows_what_it_led_to_and_can_be_taken_over(
    panel: ExperimentPanel, intents: list[object]
) -> None:
    panel.show_session(with_run(session_of(), run_of(3)))
    assert find(panel, QDoubleSpinBox, "experiment_step_size").value() == 1.0
    find(panel, QCheckBox, "experiment_step_automatic").click()
    assert intents == [ChangeExperiment(Experiment(step_size=1.0))]


def test_free_pixels_carry_a_warning(panel: ExperimentPanel) -> None:
    warning = find(panel, QLabel, "experiment_free_warning")
    assert warning.isHidden()
    panel.show_session(with_experiment(in_range=False))
    assert warning.isVisible()


def test_one_button_plays_and_pauses(panel: ExperimentPanel, intents: list[object]) -> None:
    play = find(panel, QAbstractButton, "transport_play")
    play.click()
    panel.show_session(replace(session_of(), playing=True))
    assert play.text() == play.accessibleName() == "Pause"
    assert not find(panel, QAbstractButton, "transport_step").isEnabled()
    play.click()
    assert intents == [Play(), Pause()]


def test_without_a_pair_there_is_nothing_to_play(qtbot: QtBot) -> None:
    panel = ExperimentPanel()
    qtbot.addWidget(panel)
    panel.show_session(Session())
    for name in ("transport_play", "transport_step", "transport_reset"):
        assert not find(panel, QAbstractButton, name).isEnabled()


def test_step_and_reset(panel: ExperimentPanel, intents: list[object]) -> None:
    panel.show_session(with_run(session_of(), run_of(3)))
    find(panel, QAbstractButton, "transport_step").click()
    find(panel, QAbstractButton, "transport_reset").click()
    assert intents == [StepOnce(), ResetRun()]


def test_the_history_slider_shows_each_step_it_passes(
    panel: ExperimentPanel, intents: list[object]
) -> None:
    panel.show_session(with_run(session_of(), run_of(120, cursor=37)))
    history = find(panel, QSlider, "transport_history")
    assert (history.maximum(), history.value()) == (120, 37)
    assert find(panel, QLabel, "transport_place").text() == "Step 37 of 120"
    for index in (40, 50):
        history.setValue(index)
    assert intents == [ScrubTo(40), ScrubTo(50)]


def test_an_earlier_step_says_that_going_on_starts_a_branch(panel: ExperimentPanel) -> None:
    hint = find(panel, QLabel, "transport_hint")
    panel.show_session(with_run(session_of(), run_of(120, cursor=37)))
    assert "branch" in hint.text()
    panel.show_session(with_run(session_of(), run_of(120)))
    assert hint.text() == ""


def test_a_thinned_history_says_so(panel: ExperimentPanel) -> None:
    run = run_of(16)
    frames = (*run.frames[:9], run.frames[-1])
    panel.show_session(with_run(session_of(), replace(run, frames=frames)))
    assert find(panel, QLabel, "transport_hint").text() == "10 of 17 images kept"


def test_the_held_mse_and_its_drift_are_printed(panel: ExperimentPanel) -> None:
    run = run_of(4)
    trace = run.trace.copy()
    trace[2, 1] *= 1 + 3e-13
    panel.show_session(with_run(session_of(), replace(run, trace=trace)))
    assert find(panel, QLabel, "experiment_held").text() == "MSE held at 2500.000000, drift 3e-13"


@pytest.mark.parametrize(
    ("key", "intent"),
    [
        (Qt.Key.Key_Space, Play()),
        (Qt.Key.Key_Left, ScrubTo(36)),
        (Qt.Key.Key_Right, ScrubTo(38)),
        (Qt.Key.Key_Home, ScrubTo(0)),
        (Qt.Key.Key_End, ScrubTo(120)),
    ],
)
@pytest.mark.parametrize("part", ["transport_play", "transport_history"])
def test_keys_of_the_transport(
    panel: ExperimentPanel,
    intents: list[object],
    part: str,
    key: Qt.Key,
    intent: object,
) -> None:
    panel.show_session(with_run(session_of(), run_of(120, cursor=37)))
    QTest.keyClick(find(panel, QWidget, part), key)
    assert intents == [intent]


def test_right_makes_a_step_at_the_end_of_the_history(
    panel: ExperimentPanel, intents: list[object], qtbot: QtBot
) -> None:
    panel.show_session(with_run(session_of(), run_of(12)))
    QTest.keyClick(find(panel, QWidget, "transport_history"), Qt.Key.Key_Right)
    assert intents == [StepOnce()]


def test_space_on_the_step_button_presses_it(
    panel: ExperimentPanel, intents: list[object], qtbot: QtBot
) -> None:
    QTest.keyClick(find(panel, QWidget, "transport_step"), Qt.Key.Key_Space)
    assert intents == [StepOnce()]


@pytest.mark.parametrize("name", ["transport_step", "transport_reset", "transport_play"])
def test_a_click_gives_the_transport_the_focus(
    panel: ExperimentPanel, qtbot: QtBot, name: str
) -> None:
    """So that Space plays and Right steps from then on."""
    panel.show_session(with_run(session_of(), run_of(3)))
    panel.activateWindow()
    QTest.mouseClick(find(panel, QWidget, name), Qt.MouseButton.LeftButton)
    play = find(panel, QWidget, "transport_play")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is play)


def test_arrow_keys_choose_between_two_buttons(
    panel: ExperimentPanel, intents: list[object], qtbot: QtBot
) -> None:
    panel.activateWindow()
    down = find(panel, QWidget, "experiment_descent")
    down.setFocus()
    QTest.keyClick(down, Qt.Key.Key_Right)
    assert intents == [ChangeExperiment(Experiment(direction=Direction.ASCENT))]


def test_tab_reaches_every_control(panel: ExperimentPanel, qtbot: QtBot) -> None:
    panel.show_session(with_run(with_experiment(start=Start.NOISE, step_size=1.0), run_of(3)))
    panel.activateWindow()
    find(panel, QWidget, "experiment_section").setFocus()
    reached = set()
    for _ in range(20):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert reached >= {
        "experiment_section",
        "experiment_start_noise",
        "experiment_noise_mse",
        "experiment_seed",
        "experiment_descent",
        "experiment_rule",
        "experiment_step_automatic",
        "experiment_step_size",
        "experiment_in_range",
        "transport_reset",
        "transport_play",
        "transport_step",
        "transport_history",
    }


def test_it_asks_for_no_more_than_the_column_has(panel: ExperimentPanel) -> None:
    panel.show_session(with_run(session_of(), run_of(12_000, cursor=37)))
    assert panel.minimumSizeHint().width() <= 284
