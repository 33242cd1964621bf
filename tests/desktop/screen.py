"""A screen of its own: Xvfb with a window manager, and a person at its mouse and keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ssim_viewer.images import read_image

TOOLS = ("Xvfb", "openbox", "xdotool")
WIDTH, HEIGHT = 1280, 720
PATIENCE = 40.0
"""Seconds until what is waited for counts as missing; a passing test never waits so long."""


def missing_tools() -> list[str]:
    """Return the programs that a screen needs and that are not there."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def until(condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Look again and again until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.05)  # another process: there is no signal to wait for


class Screen:
    """An X display as a context."""

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp())  # where Xvfb keeps what is on the screen
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
        command += ["-nolisten", "tcp", "-fbdir", str(self._folder)]
        self._server = _started(command, pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading) as stream:
            self.display = f":{stream.readline().strip()}"
        self.environment = {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        self._manager = self._managed()
        return self

    def _managed(self) -> subprocess.Popen[bytes]:
        """Start the window manager and wait until it serves; without one no window has the keys."""
        manager = _started(["openbox"], env=self.environment)
        until(lambda: self.do("get_desktop") != "" or manager.poll() is not None, "openbox")
        assert manager.poll() is None, f"openbox has ended with {manager.returncode}"
        return manager

    def __exit__(self, *_: object) -> None:
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(10)
        shutil.rmtree(self._folder)

    def do(self, *words: str | int) -> str:
        """Run xdotool."""
        command = ["xdotool", *map(str, words)]
        result = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=30
        )
        return result.stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys such as ``ctrl+o``."""
        self.do("key", "--clearmodifiers", *keys)

    def write(self, text: str) -> None:
        self.do("type", "--delay", 15, text)

    def click(self, place: tuple[int, int], button: int = 1) -> None:
        """Move to a place on the screen and click."""
        self.do("mousemove", *place)
        self.do("click", button)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the left button, move in steps, let go."""
        self.do("mousemove", *start, "mousedown", 1)
        for part in (1, 2, 3, 4):
            x, y = (a + (b - a) * part // 4 for a, b in zip(start, end, strict=True))
            self.do("mousemove", x, y)
        self.do("mouseup", 1)

    def windows(self) -> list[str]:
        """Return the titles of the visible windows that have one."""
        found = self.do("search", "--onlyvisible", "--name", ".").split()
        return [title for window in found if (title := self.do("getwindowname", window))]

    def count(self, part_of_title: str) -> int:
        """Return how many visible windows have these words in their title."""
        return sum(part_of_title in title for title in self.windows())

    def sees(self, part_of_title: str) -> bool:
        """Whether a visible window's title has these words in it."""
        return any(part_of_title in title for title in self.windows())

    def misses(self, part_of_title: str) -> bool:
        """Whether no visible window's title has these words in it."""
        return not self.sees(part_of_title)

    def picture(self, area: tuple[int, int, int, int] | None = None) -> NDArray[np.uint8]:
        """Return the screen, or the area (left, top, right, bottom) of it, as (H, W, 3)."""
        pixels = _pixels((self._folder / "Xvfb_screen0").read_bytes())
        left, top, right, bottom = area or (0, 0, WIDTH, HEIGHT)
        return pixels[top:bottom, left:right]

    def rest(self, area: tuple[int, int, int, int] | None = None) -> NDArray[np.uint8]:
        """Wait until nothing moves on the screen, and return it."""
        seen = [self.picture(area)]

        def still() -> bool:
            time.sleep(0.15)
            seen.append(self.picture(area))
            return bool(np.array_equal(seen[-2], seen[-1]))

        until(still, "the screen to rest")
        return seen[-1]


def _pixels(dump: bytes) -> NDArray[np.uint8]:
    """Return an X window dump of 24 bits in 32 as (H, W, 3): RGB."""
    header = np.frombuffer(dump, ">u4", 25)
    size, width, height, line, colors = (int(header[k]) for k in (0, 4, 5, 12, 19))
    rows = np.frombuffer(dump, np.uint8, height * line, size + 12 * colors)
    return rows.reshape(height, line)[:, : 4 * width].reshape(height, width, 4)[:, :, 2::-1]


def _started(
    command: Sequence[str],
    *,
    env: dict[str, str] | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        env=env,
        pass_fds=pass_fds,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Viewer:
    """The program as a child process on a screen, with settings of its own."""

    def __init__(self, screen: Screen, home: Path, *files: Path) -> None:
        home.mkdir(exist_ok=True)
        self.screen, self.home = screen, home
        self._errors = home / "stderr.txt"
        environment = {
            **screen.environment,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
        }
        with self._errors.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ssim_viewer", *map(str, files)],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=stream,
                cwd=Path(__file__).parents[2],
            )

    @property
    def errors(self) -> str:
        """What the program has written to its standard error."""
        return self._errors.read_text(encoding="utf-8", errors="replace")

    def wait_for_title(self, words: str) -> None:
        """Wait until a window whose title has these words is on the screen."""
        until(
            lambda: self.screen.sees(words) or self.process.poll() is not None,
            f"a window “{words}”; there are {self.screen.windows()}",
        )
        assert self.process.poll() is None, self.errors

    def take_the_keys(self) -> str:
        """Give the main window the keyboard, as a click on it would; return its number."""

        def has_them() -> bool:
            self.screen.do("windowactivate", self._main_window())
            return self.screen.do("getwindowfocus") == self._main_window()

        until(has_them, "the window to have the keys")
        return self._main_window()

    def _main_window(self) -> str:
        found = self.screen.do("search", "--onlyvisible", "--name", "— ssim_viewer$").split()
        return min(found, key=int, default="")  # a dialog is made after its window

    def fill_screen(self) -> None:
        """Bring the main window to the top left corner, at a known size."""
        window = self.take_the_keys()
        self.screen.do("windowmove", window, 0, 0)
        self.screen.do("windowsize", window, WIDTH - 10, HEIGHT - 40)
        self.screen.rest()

    def ended(self) -> int:
        """Wait until the process has ended, and return its exit status."""
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def pixels_of(path: Path) -> NDArray[np.generic]:
    """Return the pixels of a file that the program wrote."""
    return read_image(path).pixels
