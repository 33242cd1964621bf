"""Every intent in every state gets a change, a job, or a sentence that says why not now."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ssim_viewer.app import create_window
from ssim_viewer.features.climb.state import ended
from ssim_viewer.images import GivenRange, Mask, image_from_array, read_image, write_image
from ssim_viewer.jobs import measuring, requests
from ssim_viewer.metrics import Quantity, Ssim, evaluate
from ssim_viewer.session import intents
from ssim_viewer.session.comparison import Comparison, Mode
from ssim_viewer.session.display import Display
from ssim_viewer.session.family import MetricLayer
from ssim_viewer.session.map_scale import Ends, MapScale
from ssim_viewer.session.playback import Playback
from ssim_viewer.session.pyramid import Pyramid
from ssim_viewer.session.region import Region
from ssim_viewer.session.state import Document, Experiment, Layout, Look, Role, Session
from ssim_viewer.session.tools import Tool
from tests.app.conftest import Driver

PIXELS = np.full((16, 16, 3), 90, np.uint8)


def examples(folder: Path) -> list[Any]:
    """Return intents of every kind; those on files come in several forms."""
    return [
        intents.ChooseQuantity(0, Quantity.GRADIENT),
        intents.ActivatePane(3),
        intents.BlinkPane(1),
        intents.ScaleMap(Quantity.SSIM, MapScale(Ends.CHOSEN, 0.5, 1.0)),
        intents.ChooseLayout(Layout.TWO),
        intents.ArrangePanes(Layout.STACKED),
        intents.SetWipe(0.3),
        intents.Compare(Comparison(Mode.OVERLAY)),
        intents.CompareInPane(1, Mode.BLINK),
        intents.FocusPane(2),
        intents.ShowBeside(Layout.STACKED),
        intents.ShowPixelGrid(False),
        intents.PutAnchor(0, 3.5, 4.5),
        intents.ClearAnchors(),
        intents.ShowPixelValues(shown=True),
        intents.SelectRegion(Region(1, 2, 12, 13)),
        intents.PointAt((3, 4)),
        intents.TakeTool(Tool("someone", "pin", "Click; Esc leaves it.")),
        intents.ResetLook(),
        intents.ChangeMetric(Ssim(sigma=2.0)),
        intents.ChangeMetricSettings("cw-ssim", {"levels": 3}),
        intents.ChooseDriver("gmsd"),
        intents.ShowMetrics(("ms-ssim",)),
        intents.ChangeExperiment(Experiment(in_range=False)),
        intents.ChangePlayback(Playback(steps_per_second=10.0)),
        intents.ChooseBranch(0),
        intents.ScrubTo(0),
        intents.ResetRun(),
        intents.SwapImages(),
        intents.ShowImage(PIXELS, "shown"),
        intents.ReplaceDistorted(image_from_array(PIXELS, "made"), Pyramid.of(PIXELS), PIXELS),
        intents.ChooseAlignment("crop"),
        intents.ChooseCandidate(1),
        intents.ChooseRange(GivenRange(data_range=300.0)),
        intents.ChooseBackground(1.0),
        intents.ChooseChannel("green"),
        intents.ChooseMask(Mask(np.ones(PIXELS.shape[:2], np.bool_), "all")),
        intents.OpenMask(folder / "reference.png"),
        intents.ChooseProfile("convert"),
        intents.ChangeDisplay(Display(exposure=1.0)),
        intents.RefreshImages(()),
        intents.ShowPair(None, (image_from_array(PIXELS, "sent"),)),
        intents.ReplaceSession(Document(), Look(), Playback(), "A session."),
        intents.DismissNotice(),
        intents.Tell("A sentence."),
        intents.OpenImages(image_from_array(PIXELS, "a"), (image_from_array(PIXELS, "b"),)),
        intents.OpenFile(Role.DISTORTED, folder / "reference.png"),
        intents.OpenFile(Role.REFERENCE, folder / "gone.png"),
        intents.OpenFiles(()),
        intents.OpenFiles((folder / "reference.png", folder / "distorted.png")),
        intents.OpenSample("camera-blur"),
        intents.PasteImage(Role.DISTORTED, None),
        intents.PasteImage(Role.DISTORTED, PIXELS),
        intents.Reload(),
        intents.Undo(),
        intents.Redo(),
        intents.Cancel(),
        intents.Play(),
        intents.Pause(),
        intents.StepOnce(),
        intents.SaveDistorted(folder / "saved.png"),
        intents.SaveDistorted(folder / "saved.tif"),
        intents.ExportPane(Quantity.DISTORTED, folder / "picture.png"),
        intents.ExportPane(MetricLayer("gmsd", ""), folder / "layer.png"),
        intents.ExportPicture(b"a picture", folder / "shown.png"),
        intents.ExportMap(Quantity.SSIM, folder / "map.tif"),
        intents.ExportMap(Quantity.GRADIENT, folder / "gradient.npy"),
        intents.ExportMap(Quantity.REFERENCE, folder / "reference.npy"),
        intents.ExportMap(MetricLayer("ms-ssim", "scale 1"), folder / "layer.npy"),
        intents.ExportScores(folder / "scores.csv"),
        intents.ExportScores(folder / "scores.json"),
        intents.ExportTrace(folder / "run.csv"),
    ]


def test_the_examples_hold_every_kind_of_intent(tmp_path: Path) -> None:
    kinds = {type(each) for each in examples(tmp_path)}
    assert kinds == set(get_args(intents.Intent))


class Watched:
    """The window in one state, to which every intent is told."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.begin: Callable[[], object] = lambda: None
        self.submitted: list[object] = []
        submit = driver.program.submit

        def recording(request: Any) -> None:
            self.submitted.append(request)
            submit(request)

        driver.program.submit = recording  # type: ignore[method-assign]

    def answers(self, intent: Any) -> set[str]:
        """Tell an intent; return which of a change, a job and a sentence came at once."""
        program, self.submitted[:] = self.driver.program, []
        before = program.store.session
        program.window.intended.emit(intent)
        after, found = program.store.session, set()
        if any(
            getattr(before, each.name) != getattr(after, each.name)
            for each in fields(Session)
            if each.name != "notice"
        ):
            found.add("change")
        if self.submitted:
            found.add("job")
        if after.notice is not before.notice:
            found.add("sentence" if after.notice is not None else "change")
        return found

    def restore(self, session: Session) -> None:
        """Bring a state back."""
        self.driver.program.store.apply(lambda _: ended(session))
        self.begin()


@contextmanager
def window_of(qtbot: QtBot, reference: Path, distorted: Path) -> Iterator[Driver]:
    window = create_window(reference, distorted)
    window.show()
    driver = Driver(window, qtbot)
    yield driver
    driver.program.store.apply(ended)
    window.close()
    window.deleteLater()


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return _written(tmp_path, color=False)


def _written(folder: Path, *, color: bool) -> tuple[Path, Path]:
    random = np.random.default_rng(3)
    shape = (32, 32, 3) if color else (32, 32)
    reference = random.integers(40, 200, shape).astype(float)
    paths = folder / "reference.png", folder / "distorted.png"
    for path, pixels in zip(
        paths, (reference, reference + random.normal(0, 9, shape)), strict=True
    ):
        write_image(path, pixels, 255, depth="uint8")
    return paths


class Gate:
    """Holds a worker until it is opened."""

    def __init__(self) -> None:
        self._open = threading.Event()

    def holding(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def held(*arguments: Any, **named: Any) -> Any:
            self._open.wait()
            return work(*arguments, **named)

        return held

    def open(self) -> None:
        self._open.set()


def settled(driver: Driver) -> None:
    driver.settle()


def with_region(driver: Driver) -> None:
    driver.settle()
    driver.want(intents.SelectRegion(Region(3, 4, 20, 21)))


def paused(driver: Driver) -> None:
    driver.settle()
    for _ in range(3):
        driver.want(intents.StepOnce())


def converged(driver: Driver) -> None:
    driver.settle()
    driver.want(intents.Play())
    assert not driver.session.playing
    assert driver.session.document.run is not None


def asked_about_sizes(driver: Driver) -> None:
    driver.settle()
    opened = driver.session.document.opened
    assert opened is not None
    assert opened.reference.path is not None
    path = opened.reference.path.with_name("small.png")
    write_image(path, PIXELS, 255, depth="uint8")
    driver.want(intents.OpenFile(Role.DISTORTED, path))
    assert driver.session.opening is not None


def failed(driver: Driver) -> None:
    """The first file was not there."""
    driver.settle()
    assert driver.session.document.pair is None


@pytest.mark.parametrize(
    ("state", "prepare"),
    [
        ("sample", settled),
        ("colour pair", settled),
        ("region", with_region),
        ("paused", paused),
        ("converged", converged),
        ("asked about sizes", asked_about_sizes),
        ("empty", failed),
    ],
)
def test_every_intent_is_answered_at_rest(
    qtbot: QtBot, tmp_path: Path, state: str, prepare: Callable[[Driver], None]
) -> None:
    reference, distorted = _written(tmp_path, color=state == "colour pair")
    if state == "empty":
        reference = tmp_path / "gone.png"
    with window_of(qtbot, reference, distorted) as driver:
        prepare(driver)
        assert_all_answered(Watched(driver), tmp_path)


def test_every_intent_is_answered_while_a_run_plays(qtbot: QtBot, pair: tuple[Path, Path]) -> None:
    with window_of(qtbot, *pair) as driver:
        driver.settle()
        watched = Watched(driver)

        def play() -> None:
            driver.program.answer(intents.Play())
            driver.until(lambda: driver.session.document.run is not None)

        watched.begin = play
        play()
        assert_all_answered(watched, pair[0].parent)


def test_every_intent_is_answered_while_the_first_image_is_read(
    qtbot: QtBot, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    monkeypatch.setattr(requests, "read_image", gate.holding(read_image))
    with window_of(qtbot, *pair) as driver:
        try:
            assert driver.session.document.pair is None
            assert_all_answered(Watched(driver), pair[0].parent)
        finally:
            gate.open()


def test_every_intent_is_answered_while_the_pair_is_measured(
    qtbot: QtBot, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    monkeypatch.setattr(measuring, "evaluate", gate.holding(evaluate))
    with window_of(qtbot, *pair) as driver:
        try:
            driver.until(lambda: driver.session.document.pair is not None)
            assert driver.session.measured is None
            assert_all_answered(Watched(driver), pair[0].parent)
        finally:
            gate.open()


def assert_all_answered(watched: Watched, folder: Path) -> None:
    """Tell every intent in the present state, each from that very state."""
    before = watched.driver.program.store.session
    for intent in examples(folder):
        found = watched.answers(intent)
        if isinstance(intent, intents.OpeningIntent | intents.WritingIntent):
            assert len(found - {"change"}) == 1, (intent, found)
        elif not already_so(before, intent):
            assert found, intent
        watched.restore(before)


def already_so(session: Session, intent: object) -> bool:
    """Whether what is wanted is so already, and nothing is to be done or said."""
    match intent:
        case intents.Pause():
            return not session.playing
        case intents.DismissNotice():
            return session.notice is None
        case intents.ResetLook():
            return True
    return False
