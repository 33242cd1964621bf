"""An error while a widget is painted is heard, and does not end the program."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2] / "ssim_viewer"

FAULTY = """
import sys
from PySide6.QtWidgets import QApplication
from ssim_viewer.ui.pane import canvas
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from tests.ui.pairs import session_of

heard = []
sys.excepthook = lambda kind, error, trace: heard.append(error)
application = QApplication([])
grid = PaneGrid()
grid.resize(600, 400)
grid.show()
grid.show_session(session_of())
def faulty(*_):
    raise ZeroDivisionError("a fault in painting")
canvas.Scene.paint = faulty
for _ in range(20):
    for pane in grid.panes:
        pane.canvas.update()
    application.processEvents()
print(len(heard), heard[0])
"""


def test_an_error_in_painting_a_pane_is_heard_and_the_program_goes_on() -> None:
    command = [sys.executable, "-c", FAULTY]
    result = subprocess.run(command, cwd=ROOT.parent, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-2000:]
    count, _, first = result.stdout.partition(" ")
    assert int(count) > 1
    assert "a fault in painting" in first


def test_each_painter_ends_with_its_block() -> None:
    """A painter that is still active after an error ends the process."""
    for path in ROOT.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "QPainter(" in text:
            assert _makers(text) == _blocks(text), path


def _makers(text: str) -> int:
    return sum(_makes_painter(node) for node in ast.walk(ast.parse(text)))


def _blocks(text: str) -> int:
    blocks = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.With))
    return sum(_makes_painter(item.context_expr) for block in blocks for item in block.items)


def _makes_painter(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "QPainter"
