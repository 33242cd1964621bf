"""The experiments with windows of their own: a window, made when it is asked for, and a runner.

Every connection between the two and the session stands here.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, assert_never, cast

from PySide6.QtCore import QObject, Signal, Slot

from ssim_viewer.jobs import Runner, bench_exports
from ssim_viewer.jobs.benches import plate_generators, race_generators
from ssim_viewer.jobs.generator_runner import GeneratorRunner
from ssim_viewer.metrics import MetricError
from ssim_viewer.session import benches, intents
from ssim_viewer.session.bench_intents import SaveImages, SavePlate, SetUp
from ssim_viewer.session.not_now import NO_PAIR, NO_RUN
from ssim_viewer.session.state import Severity
from ssim_viewer.ui.experiments.experiment_window import ExperimentWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ssim_viewer.jobs import Outcome
    from ssim_viewer.jobs.batches import Batch
    from ssim_viewer.jobs.generator_runner import Stopped
    from ssim_viewer.jobs.generators import GeneratorSet
    from ssim_viewer.jobs.runner import Request
    from ssim_viewer.session.benches import Which
    from ssim_viewer.session.lanes import Course, RunUpdate
    from ssim_viewer.session.state import Session
    from ssim_viewer.session.store import Store
    from ssim_viewer.ui.experiments.bench_window import BenchWindow
    from ssim_viewer.ui.shell.main_window import MainWindow

_Writing = SaveImages | SavePlate | intents.ExportTrace

_GENERATORS = {"plate": plate_generators, "race": race_generators}


class BenchController(QObject):
    """One experiment: its part of the session, its window and its worker.

    Signals
    -------
    intended
        Carries what is meant for the main window.
    """

    intended = Signal(object)

    def __init__(self, which: Which, store: Store, main: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self.which: Which = which
        self.window: BenchWindow | None = None
        self._store = store
        self._main = main
        self._generators: GeneratorSet | None = None
        self._going = False
        self._closed = False
        self._runner = GeneratorRunner(which, self)
        self._files = Runner(f"{which} files", latest_wins=False, parent=self)
        self._runner.advanced.connect(self._moved)
        self._runner.stopped.connect(self._halted)
        self._files.finished.connect(self._written)

    @property
    def idle(self) -> bool:
        """Whether everything that was asked for is on screen."""
        return not self._going and not self._files.busy

    def open(self) -> None:
        """Show the window, which is made the first time."""
        if self.window is None:
            self.window = self._made()
        self._store.apply(partial(benches.opened_bench, which=self.which))
        self.window.show()
        self.window.activateWindow()

    def close(self) -> None:
        """Stop and join the workers, and take the window away."""
        if self._closed:
            return
        self._closed = True
        self._runner.close()
        self._files.close()
        if self.window is not None:
            self._main.restyled.disconnect(self.window.restyle)
            self.window.close()
            self.window.deleteLater()
            self.window = None

    @Slot(object)
    def answer(self, intent: intents.BenchIntent) -> None:
        """Carry out what a person wants in the window; every kind of intent has its case."""
        match intent:
            case intents.Play():
                self._go(None)
            case intents.StepOnce():
                self._go(1)
            case intents.Pause():
                self._runner.stop()
            case intents.Cancel():
                self._drop()
                self._apply(benches.under_way, on=False)
            case intents.ResetRun():
                self._drop()
                self._apply(benches.cleared)
            case intents.DismissNotice():
                self._apply(benches.told, text="")
            case SetUp(settings):
                self._apply(benches.set_up, settings=settings)
            case intents.ShowImage():
                self.intended.emit(intent)
                self._main.activateWindow()
            case SaveImages() | SavePlate() | intents.ExportTrace():
                self._write(intent)
            case _:
                assert_never(intent)

    def _made(self) -> BenchWindow:
        if self.which == "plate":
            from ssim_viewer.ui.experiments.plate_window import PlateWindow  # noqa: PLC0415 - when wanted

            window: BenchWindow = PlateWindow()
        else:
            from ssim_viewer.ui.experiments.race_window import RaceWindow  # noqa: PLC0415 - when wanted

            window = RaceWindow()
        window.folder = self._main.preferences.save_folder
        ExperimentWindow(window, self._main)
        window.help_requested.connect(self._main.actions_by_name["help"].trigger)
        window.restyle(self._main.colors)
        window.show_session(self._store.session)
        window.intended.connect(self.answer)
        window.closing.connect(self._runner.stop)
        self._store.changed.connect(window.show_session)
        self._main.restyled.connect(window.restyle)
        return window

    def _apply(self, transition: Callable[..., Session], **settings: object) -> None:
        self._store.apply(partial(transition, which=self.which, **settings))

    def _go(self, count: int | None) -> None:
        """Go on with the runs on screen, or begin anew."""
        session = self._store.session
        if session.document.pair is None:
            self._apply(benches.told, text=NO_PAIR, severity=Severity.INFORMATION)
            return
        if self._generators is None or not benches.goes_on(session, self.which):
            self._drop()
            problem = self._begin()
            if problem:
                self._apply(benches.told, text=problem)
                return
        assert self._generators is not None  # noqa: S101 - it has begun
        self._going = True
        self._apply(benches.under_way, on=True)
        self._runner.go(self._generators, count)

    def _begin(self) -> str:
        """Make new generators; return the problem, if any."""
        problem = benches.refusal(self._store.session, self.which)
        if problem:
            return problem
        self._apply(benches.begun)
        course = self._course
        assert course is not None  # noqa: S101 - there is a pair
        try:
            self._generators = _GENERATORS[self.which](course, self._store.session.document)
        except (MetricError, TypeError) as error:
            return str(error)
        return ""

    def _drop(self) -> None:
        if self._generators is not None:
            self._runner.drop(self._generators)
            self._generators = None
        self._going = False

    @property
    def _course(self) -> Course | None:
        return benches.bench_of(self._store.session, self.which).course

    def _write(self, intent: _Writing) -> None:
        """Write a file, or say why there is nothing to write."""
        course = self._course
        if course is None:
            self._apply(benches.told, text=NO_RUN, severity=Severity.INFORMATION)
        else:
            self._files.submit(_writing(intent, course))

    @Slot(object)
    def _moved(self, batch: Batch) -> None:
        if batch.generators is self._generators:
            found = cast("Mapping[str, RunUpdate]", batch.found)
            ends = {name: end.problem for name, end in batch.ends.items()}
            self._apply(benches.moved, found=found, ends=ends)
        self._runner.release()

    @Slot(object)
    def _halted(self, stopped: Stopped) -> None:
        if stopped.generators is self._generators:
            self._going = False
            self._apply(benches.under_way, on=False)

    @Slot(object)
    def _written(self, outcome: Outcome) -> None:
        if outcome.problem:
            self._apply(benches.told, text=outcome.problem)
        elif not outcome.cancelled:
            text = cast("str", outcome.result)
            self._apply(benches.told, text=text, severity=Severity.INFORMATION)


def _writing(intent: _Writing, course: Course) -> Request:
    match intent:
        case SaveImages(path):
            return bench_exports.SaveImagesRequest(path, course)
        case SavePlate(path):
            return bench_exports.SavePlateRequest(path, course)
        case intents.ExportTrace(path):
            return bench_exports.ExportTracesRequest(path, course)
        case _:
            assert_never(intent)
