"""Write docs/object-names.md: every action and widget of the program that has a name.

python docs/make_object_names.py
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QEventLoop, QObject, QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from ssim_viewer.metrics.adapters import entries as adapters

adapters.ADAPTERS = ()  # before anything looks for them: the page is the same wherever it is made

from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.features.feature import OpenView
from ssim_viewer.features.registry import features

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).with_name("object-names.md")
HEAD = """# Object names

Tests and tools find actions and widgets by these names; they stay. This page is made by
`python docs/make_object_names.py`, and a test tells when it is old.
"""


def names_of(roots: list[QObject]) -> tuple[list[str], list[str]]:
    """Return the names of the actions and of the widgets below some objects, sorted."""
    actions: set[str] = set()
    widgets: set[str] = set()
    for root in roots:
        for each in (root, *root.findChildren(QObject)):
            name = each.objectName()
            if re.fullmatch(r"[a-z][a-z0-9_]*", name) and not name.startswith("qt_"):
                if isinstance(each, QAction):
                    actions.add(name)
                elif isinstance(each, QWidget):
                    widgets.add(name)
    return sorted(actions), sorted(widgets)


def page(roots: list[QObject]) -> str:
    """Return the page for a program whose windows are all open."""
    actions, widgets = names_of(roots)
    parts = [HEAD]
    for title, names in (("Actions", actions), ("Widgets", widgets)):
        parts += [f"\n## {title}\n", *(f"- `{name}`" for name in names)]
    return "\n".join(parts) + "\n"


def open_everything(window: QWidget, wait: Callable[[Program], None]) -> list[QObject]:
    """Open every window and dock of the program; return all windows."""
    program = window.findChild(Program)
    assert program is not None
    wait(program)
    for feature in features():
        if feature.view() is not None:
            program.features.answer(OpenView(feature.id))
    wait(program)
    views = [program.features[feature.id].window for feature in features()]
    return [window, *filter(None, views)]


def main() -> None:
    """Write the page."""
    application = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "settings.ini")
        window = create_window(settings=QSettings(file, QSettings.Format.IniFormat))
        window.show()

        def wait(program: Program) -> None:
            while not program.idle:
                application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

        PAGE.write_text(page(open_everything(window, wait)), encoding="utf-8")
        window.close()


if __name__ == "__main__":
    main()
