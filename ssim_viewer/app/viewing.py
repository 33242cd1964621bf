"""``ssim-viewer view``: the window on a screen, or its picture in a file without one."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from ssim_viewer.app.program import Program
from ssim_viewer.app.window import create_window
from ssim_viewer.features.feature import InTurn, Trigger
from ssim_viewer.features.lessons.actions import ReadLesson
from ssim_viewer.session import intents
from ssim_viewer.session.state import Severity
from ssim_viewer.synthesis import Direction
from ssim_viewer.text import tr
from ssim_viewer.ui.shell.window_geometry import WANTED
from ssim_viewer.ui.text.language import SOURCE, LanguageError, set_language
from ssim_viewer.ui.theme.colors import Theme

if TYPE_CHECKING:
    from ssim_viewer.images import Alignment
    from ssim_viewer.session.view_options import ViewOptions
    from ssim_viewer.ui.shell.main_window import MainWindow

SIGNAL_POLL = 200
"""Milliseconds between two chances for Python to see Ctrl+C in the terminal."""


def run_view(options: ViewOptions) -> int:
    """Open the window and return the exit status when it is closed.

    With a screenshot wanted, no display is needed and nothing of the person's settings
    is read or written.
    """
    try:
        if options.screenshot is not None:
            return _write_screenshot(options, options.screenshot)
        application = _application(options.language)
    except LanguageError as error:
        return _failed(str(error))
    window = _window(options, None)
    signal.signal(signal.SIGINT, lambda *_: window.close())
    alarm = QTimer(interval=SIGNAL_POLL)
    alarm.timeout.connect(lambda: None)  # lets the interpreter run, and so see the signal
    alarm.start()
    window.show()
    keep_for_good()
    return application.exec()


def keep_for_good() -> None:
    """Let the garbage collector pass over all that was made until now.

    Modules and the window live as long as the program; looking through them, which the import of
    compiled kernels leads to, would hold the event loop for almost a tenth of a second.
    """
    gc.freeze()


def _application(language: str | None) -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("ssim_viewer")
    application.setApplicationDisplayName("ssim_viewer")
    application.setDesktopFileName("ssim-viewer")
    set_language(application, language)
    return application


def _window(options: ViewOptions, settings: QSettings | None) -> MainWindow:
    alignment = cast("Alignment | None", options.align)
    window = create_window(
        options.reference,
        options.distorted,
        others=options.others,
        alignment=alignment,
        given=options.given,
        display=options.display,
        background=options.background,
        profile=options.profile,
        channel=options.channel,
        mask=options.mask,
        settings=settings,
        recovers=options.screenshot is None,
        listens=options.listen or "",
    )
    if options.size is not None:
        window.resize(*options.size)
    elif options.screenshot is not None:
        window.resize(WANTED)  # whatever screen there is
    if options.theme is not None:
        window.set_theme(Theme(options.theme))
    if options.lesson is not None:
        program = window.findChild(Program)
        assert program is not None  # noqa: S101 - create_window makes one
        program.features.answer(InTurn((Trigger("open_lessons"), ReadLesson(options.lesson))))
    return window


def _write_screenshot(options: ViewOptions, path: Path) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(options.scale)
    _application(options.language or SOURCE)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = _window(options, settings)
        try:
            problem = _take_picture(window, options, path)
        finally:
            window.close()
    return _failed(problem) if problem else 0


def _take_picture(window: MainWindow, options: ViewOptions, path: Path) -> str:
    """Write the window as it stands once everything is computed; return the problem, if any."""
    program = window.findChild(Program)
    assert program is not None  # noqa: S101 - create_window makes one
    window.show()
    _wait(program)
    notice = window.session.notice
    if notice is not None and notice.severity is Severity.ERROR:
        return notice.text
    if options.direction is not None and options.steps:
        document = window.session.document
        program.answer(intents.ChangeExperiment(document.climbing(Direction(options.direction))))
        program.answer(intents.Play(options.steps))
        _wait(program)
    if not window.grab().save(str(path)):
        return tr(
            "“{path}” could not be written; choose a folder that exists and a name ending in .png.",
            path=path,
        )
    return ""


def _wait(program: Program) -> None:
    """Work through events until nothing is computed any more and everything is painted."""
    loop = QEventLoop()
    while not program.idle:
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    loop.processEvents()


def _failed(problem: str) -> int:
    print(f"ssim-viewer: {problem}", file=sys.stderr)  # noqa: T201 - the terminal is all there is
    return 2
