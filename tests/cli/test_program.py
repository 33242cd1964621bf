"""The program as a whole: its commands, its help, and what it hands to the window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssim_viewer import __version__, cli
from ssim_viewer.session.view_options import ViewOptions

if TYPE_CHECKING:
    from tests.cli.conftest import Program

ROOT = Path(__file__).parents[2]
A, B = Path("a.png"), Path("b.png")


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("", ViewOptions()),
        ("view", ViewOptions()),
        ("a.png", ViewOptions(A)),
        ("view a.png b.png", ViewOptions(A, B)),
        ("a.png --theme dark b.png", ViewOptions(A, B, theme="dark")),
        ("--align pad a.png b.png", ViewOptions(A, B, align="pad")),
        ("--size 1280x800 --scale 2", ViewOptions(size=(1280, 800), scale=2)),
        ("--screenshot p.png", ViewOptions(screenshot=Path("p.png"))),
        ("--descend 40", ViewOptions(steps=40, direction="descent")),
        ("view --ascend 7", ViewOptions(steps=7, direction="ascent")),
        ("view score", ViewOptions(Path("score"))),
        ("--session a.ssimv", ViewOptions(Path("a.ssimv"))),
        ("--listen", ViewOptions(listen="ssim_viewer")),
        ("a.png --listen mine", ViewOptions(A, listen="mine")),
    ],
)
def test_words_for_the_window_become_view_options(words: str, options: ViewOptions) -> None:
    asked: list[ViewOptions] = []

    def view(options: ViewOptions) -> int:
        asked.append(options)
        return 7

    assert cli.run(words.split(), view) == 7
    assert asked == [options]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--session a.ssimv b.png", "names its images itself"),
        ("--session a.png", "needs a name that ends in .ssimv"),
    ],
)
def test_a_session_that_makes_no_sense_is_refused(
    program: Program, words: str, sentence: str
) -> None:
    outcome = program(*words.split())
    assert outcome.status == 2
    assert sentence in outcome.complaint


def test_the_picture_of_a_damaged_session_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.ssimv").write_bytes(b"nothing")
    words = ["--session", "a.ssimv", "--screenshot", "a.png"]
    process = subprocess.run(
        [sys.executable, ROOT / "main.py", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 2
    assert process.stderr == (
        "ssim-viewer: “a.ssimv” is damaged or no session file; choose another copy of it.\n"
    )


@pytest.mark.parametrize("command", [[], ["view"], ["score"], ["ascend"], ["descend"]])
def test_help_goes_to_standard_output(program: Program, command: list[str]) -> None:
    outcome = program(*command, "--help")
    assert outcome.status == 0
    assert outcome.output.startswith("usage: ssim-viewer")
    assert "Exit status" in outcome.output
    assert not outcome.complaint


def test_the_version_is_that_of_the_package(program: Program) -> None:
    assert program("--version").output == f"ssim-viewer {__version__}\n"


@pytest.mark.parametrize("start", [["-m", "ssim_viewer"], ["main.py"]])
def test_module_and_script_are_the_same_program(start: list[str]) -> None:
    process = subprocess.run(
        [sys.executable, *start, "score", "nothing.png", "nothing.png"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 2
    assert process.stdout == ""
    assert process.stderr.startswith("ssim-viewer: “nothing.png” does not exist")
    assert process.stderr.count("\n") == 1


def test_scores_and_walks_load_no_qt() -> None:
    code = (
        "import sys; from ssim_viewer.__main__ import main;"
        "main(['ascend', '--help']);"
        "raise SystemExit(any(m.startswith(('PySide6', 'pyqtgraph')) for m in sys.modules))"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False
    )
    assert process.returncode == 0


def test_a_start_of_the_window_loads_nothing_that_only_a_feature_needs() -> None:
    """The first picture does not wait for SciPy's larger parts, decoders or the training lab."""
    code = (
        "import sys, ssim_viewer.app;"
        "late = ('scipy.ndimage', 'scipy.optimize', 'scipy.stats', 'tifffile', 'imagecodecs',"
        " 'OpenImageIO', 'jax', 'sklearn', 'numba');"
        "print([name for name in late if name in sys.modules])"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert process.stdout.strip() == "[]"
