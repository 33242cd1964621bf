"""One Python line that shows a pair in a window: in a notebook, a script or a debugger."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.remote.protocol import DEFAULT_NAME, MessageError, address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike

    Source = str | os.PathLike[str] | ArrayLike

START_SECONDS = 60.0
"""How long a window may take to start and listen."""


def show(
    reference: Source,
    distorted: Source | None = None,
    *,
    name: str = "",
    data_range: float | None = None,
    window: str = DEFAULT_NAME,
) -> None:
    """Show a pair in the running window; start one where none listens.

    Parameters
    ----------
    reference, distorted
        Files, or arrays of (H, W), (H, W, 3) or (H, W, 4). Without a distorted image the reference
        is compared with itself.
    name
        What the distorted image is called in the window. Showing another one of the same name
        takes its place; one of another name stands beside it, to flip between.
    data_range
        The value of white in arrays; by default their type says it, and of floats it is guessed.
    window
        The name by which the window listens (``ssim-viewer --listen NAME``).

    Raises
    ------
    ValueError
        One sentence if the images cannot be shown.
    ConnectionError
        If no window listens and none can be started.
    """
    with tempfile.TemporaryDirectory(prefix="ssim_viewer-", dir=_memory()) as folder:
        message: dict[str, Any] = {"command": "open", "name": name}
        message["reference"] = _sent(reference, Path(folder) / "reference.npy", data_range)
        if distorted is not None:
            message["distorted"] = _sent(distorted, Path(folder) / "distorted.npy", data_range)
        send(message, window)


def send(message: dict[str, Any], window: str = DEFAULT_NAME) -> None:
    """Send a message to a window, which is started where none listens, and wait for its answer.

    Raises
    ------
    ValueError
        The sentence of the window if it refuses the message.
    ConnectionError
        If no window listens and none can be started.
    """
    reply = json.loads(_exchanged(json.dumps(message).encode() + b"\n", address(window), window))
    if not reply.get("ok"):
        raise MessageError(reply.get("error", "The window refused the message."))


def _memory() -> str | None:
    """Return the folder of shared memory, where the system has one."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a new folder in it


def _sent(source: Source, file: Path, data_range: float | None) -> object:
    if isinstance(source, str | os.PathLike):
        return os.path.abspath(source)  # noqa: PTH100 - a link stays a link
    np.save(file, np.asarray(source), allow_pickle=False)
    return {"npy": str(file), "data_range": data_range}


def _exchanged(line: bytes, where: str, window: str) -> bytes:
    for _ in _attempts(window):
        try:
            return _on_pipe(line, where) if sys.platform == "win32" else _on_socket(line, where)
        except (FileNotFoundError, ConnectionRefusedError):
            continue
    raise ConnectionError(f"No window listens as “{window}”, and none could be started.")


def _attempts(window: str) -> Iterator[None]:
    """Try once, start a window, and try until it listens."""
    yield
    words = [sys.executable, "-m", "ssim_viewer", "--listen", window]
    process = subprocess.Popen(words, start_new_session=True)  # noqa: S603 - this program
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        time.sleep(0.1)
        yield


def _on_socket(line: bytes, where: str) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(where)
        connection.sendall(line)
        with connection.makefile("rb") as answers:
            return answers.readline() or b"{}"


def _on_pipe(line: bytes, where: str) -> bytes:
    with Path(where).open("r+b", buffering=0) as connection:
        connection.write(line)
        return connection.readline() or b"{}"
