"""The window of robustness, made when it is asked for, and the workers that give it its curves.

Every connection between them and the session stands here.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot

from ssim_viewer.session import intents
from ssim_viewer.session import robustness as states
from ssim_viewer.session import robustness_intents as wants
from ssim_viewer.session.state import Severity
from ssim_viewer.workers import Runner
from ssim_viewer.workers.exports import ExportPictureRequest, ExportTableRequest
from ssim_viewer.workers.robustness import (
    PointRequest,
    PreviewRequest,
    wanted_point,
    wanted_preview,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.session.state import Session
    from ssim_viewer.session.store import Store
    from ssim_viewer.views.main_window import MainWindow
    from ssim_viewer.views.robustness_window import RobustnessWindow
    from ssim_viewer.workers import Outcome


class RobustnessControl(QObject):
    """The window and its workers.

    Signals
    -------
    intended
        Carries what is meant for the main window.
    """

    intended = Signal(object)

    def __init__(self, store: Store, main: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self.window: RobustnessWindow | None = None
        self._store = store
        self._main = main
        self._closed = False
        self._points = Runner("curves", latest_wins=True, parent=self)
        self._previews = Runner("preview", latest_wins=True, parent=self)
        self._files = Runner("curve files", latest_wins=False, parent=self)
        self._point: PointRequest | None = None
        self._preview: PreviewRequest | None = None
        self._points.finished.connect(self._measured)
        self._previews.finished.connect(self._seen)
        self._files.finished.connect(self._written)
        store.changed.connect(self._ask_for_what_lacks)

    @property
    def idle(self) -> bool:
        """Whether everything that was asked for is on screen."""
        lacking = self._point is not None or self._preview is not None
        return not (lacking or self._points.busy or self._previews.busy or self._files.busy)

    def open(self) -> None:
        """Show the window, which is made the first time."""
        self._apply(states.opened_robustness)
        if self.window is None:
            self.window = self._made()
        self.window.show()
        self.window.activateWindow()

    def close(self) -> None:
        """Stop and join the workers, and take the window away."""
        if self._closed:
            return
        self._closed = True
        for runner in (self._points, self._previews, self._files):
            runner.close()
        if self.window is not None:
            self._main.restyled.disconnect(self.window.restyle)
            self.window.intended.disconnect(self.answer)
            self.window.close()
            self.window.deleteLater()
            self.window = None

    @Slot(object)
    def answer(self, intent: intents.Intent) -> None:
        """Carry out what a person wants in the window."""
        curves = states.robustness_of(self._store.session).curves
        match intent:
            case wants.DistortBy(settings):
                self._apply(states.set_up_robustness, settings=settings)
            case wants.RunCurves(on):
                self._run(on=on)
            case wants.CloseRobustness():
                self._apply(states.closed_robustness)
                self._cancel()
            case intents.DismissNotice():
                self._apply(states.told_robustness, text="")
            case intents.ShowImage():
                self.intended.emit(intent)
                self._main.activateWindow()
            case wants.ExportCurves(path) if curves is not None:
                self._files.submit(ExportTableRequest(path, states.curves_as_rows(curves)))
            case intents.ExportPicture(data, path):
                self._files.submit(ExportPictureRequest(path, data))

    def _made(self) -> RobustnessWindow:
        from ssim_viewer.views.robustness_window import RobustnessWindow  # noqa: PLC0415

        window = RobustnessWindow()
        window.folder = self._main.preferences.last_folder
        window.restyle(self._main.colors)
        window.show_session(self._store.session)
        window.intended.connect(self.answer)
        self._store.changed.connect(window.show_session)
        self._main.restyled.connect(window.restyle)
        return window

    def _run(self, *, on: bool) -> None:
        self._apply(states.running_robustness, on=on)
        if not on:
            self._cancel()

    def _cancel(self) -> None:
        for runner in (self._points, self._previews):
            runner.cancel()
        self._point = self._preview = None

    def _apply(self, transition: Callable[..., Session], **settings: object) -> None:
        self._store.apply(partial(transition, **settings))

    @Slot(object)
    def _ask_for_what_lacks(self, session: Session) -> None:
        preview = wanted_preview(session)
        if preview is not None and not preview.same_as(self._preview):
            self._previews.submit(preview)
        self._preview = preview
        point = wanted_point(session)
        if point is not None and not point.same_as(self._point):
            self._points.submit(point)
        self._point = point

    @Slot(object)
    def _measured(self, outcome: Outcome) -> None:
        if outcome.problem:
            self._stop(outcome.problem)
        elif not outcome.cancelled:
            self._apply(states.with_point, point=cast("states.Point", outcome.result))

    @Slot(object)
    def _seen(self, outcome: Outcome) -> None:
        if outcome.problem:
            self._stop(outcome.problem)
        elif not outcome.cancelled:  # also of a strength the slider has left: it is seen to move
            self._apply(states.previewed, preview=cast("states.Preview", outcome.result))

    def _stop(self, problem: str) -> None:
        """Say what went wrong, and stop: the same would go wrong again."""
        self._run(on=False)
        self._apply(states.told_robustness, text=problem)

    @Slot(object)
    def _written(self, outcome: Outcome) -> None:
        if outcome.problem:
            self._apply(states.told_robustness, text=outcome.problem)
        else:
            text = cast("str", outcome.result)
            self._apply(states.told_robustness, text=text, severity=Severity.INFORMATION)
