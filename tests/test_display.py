"""What keeps a window from opening is said before Qt would end the process."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ssim_viewer import display

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of Linux")
pytestmark = linux


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_display_the_way_out_is_named() -> None:
    sentence = display.missing_for_a_window()
    assert "DISPLAY" in sentence
    assert "--screenshot" in sentence


def test_missing_libraries_are_named_by_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(display, "FOR_A_WINDOW", {"libnot-there.so.0": "libnot-there0"})
    assert "apt install libnot-there0" in display.missing_for_a_window()


def test_a_display_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    monkeypatch.setattr(display, "FOR_A_WINDOW", {})
    assert "“:987”" in display.missing_for_a_window()


@pytest.mark.parametrize(
    ("name", "value"), [("QT_QPA_PLATFORM", "offscreen"), ("WAYLAND_DISPLAY", "w")]
)
def test_other_platforms_are_left_to_qt(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert display.missing_for_a_window() == ""


def test_the_program_says_it_in_one_line_and_exits_with_status_two() -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "ssim_viewer"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("ssim-viewer: ")
