"""The messages between programs and the window: one JSON object a line, and one for an answer.

``{"command": "open", "reference": IMAGE, "distorted": [IMAGE, …]}`` opens images,
``{"command": "update", "distorted": IMAGE, "name": "…"}`` shows one beside the reference that is
there, in place of the one of the same name, and ``{"command": "close"}`` closes the window. An
IMAGE is a path, or ``{"npy": PATH}``, or ``{"shared_memory": NAME, "shape": […], "dtype": "…"}``,
the last two with an optional ``"data_range"``. The answer is ``{"ok": true}``, or
``{"ok": false, "error": "one sentence"}``.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from ssim_viewer.text import SentenceError, tr

COMMANDS = Literal["open", "update", "close"]

DEFAULT_NAME = "ssim_viewer"

LONGEST_LINE = 1 << 20
"""Bytes of a message; pixels travel through memory or files, never in a message."""


class MessageError(SentenceError):
    """One sentence about a message that makes no sense."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Where an image is: an image file, a NumPy file, or shared memory with shape and type."""

    path: Path | None = None
    npy: Path | None = None
    shared_memory: str = ""
    shape: tuple[int, ...] = ()
    dtype: str = ""
    data_range: float | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What a program wants.

    Attributes
    ----------
    name
        What the person shall read for the distorted image, or "".
    """

    command: COMMANDS
    reference: Picture | None = None
    distorted: tuple[Picture, ...] = ()
    name: str = ""
    reference_name: str = ""


def parse_message(line: bytes) -> Message:
    """Return the message of a line.

    Raises
    ------
    MessageError
        One sentence if it makes no sense.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise MessageError(tr("A message is one JSON object a line; this is none."))
    command = data.get("command")
    if command not in get_args(COMMANDS):
        known = ", ".join(get_args(COMMANDS))
        raise MessageError(
            tr(
                "The command {dumps} is unknown; send one of {known}.",
                dumps=json.dumps(command),
                known=known,
            )
        )
    reference = None if data.get("reference") is None else _picture(data["reference"])
    wanted = data.get("distorted")
    if not isinstance(wanted, list):
        wanted = [] if wanted is None else [wanted]
    message = Message(
        cast("COMMANDS", command),
        reference,
        tuple(map(_picture, wanted)),
        _text(data, "name"),
        _text(data, "reference_name"),
    )
    if command == "open" and reference is None:
        raise MessageError(tr("“open” needs a reference."))
    if command == "update" and reference is None and not wanted:
        raise MessageError(tr("“update” needs a reference or a distorted image."))
    return message


def answer(problem: str = "") -> bytes:
    """Return the line that answers a message."""
    reply = {"ok": False, "error": problem} if problem else {"ok": True}
    return json.dumps(reply).encode() + b"\n"


def address(name: str = DEFAULT_NAME) -> str:
    """Return where a window of a name listens: a socket of this person's own, or a pipe.

    Raises
    ------
    MessageError
        If the name has other signs than letters, digits, dash and underscore.
    """
    if not name or not name.replace("-", "").replace("_", "").isalnum() or len(name) > 40:
        raise MessageError(
            tr(
                "“{name}” is no name to listen by; use up to 40 letters, digits, - and _.",
                name=name,
            )
        )
    if sys.platform == "win32":
        return rf"\\.\pipe\{name}"
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if not folder or not Path(folder).is_dir():
        folder = str(Path(tempfile.gettempdir()) / f"ssim_viewer-{os.getuid()}")
        Path(folder).mkdir(mode=0o700, exist_ok=True)
    return str(Path(folder) / f"{name}.socket")


def _picture(data: Any) -> Picture:
    if isinstance(data, str) and data:
        return Picture(path=Path(data))
    if not isinstance(data, dict):
        raise MessageError(tr("An image is a path, or an object with “npy” or “shared_memory”."))
    white = data.get("data_range")
    if white is not None and (isinstance(white, bool) or not isinstance(white, int | float)):
        raise MessageError(tr("“data_range” is a number, such as 255."))
    if npy := _text(data, "npy"):
        return Picture(npy=Path(npy), data_range=white)
    shape, memory = data.get("shape"), _text(data, "shared_memory")
    if not memory:
        raise MessageError(tr("An image is a path, or an object with “npy” or “shared_memory”."))
    if not isinstance(shape, list) or not all(type(n) is int and 0 < n < 1 << 20 for n in shape):
        raise MessageError(
            tr("Shared memory needs a “shape” of whole numbers, such as [480, 640, 3].")
        )
    dtype = _text(data, "dtype") or "uint8"
    return Picture(shared_memory=memory, shape=tuple(shape), dtype=dtype, data_range=white)


def _text(data: dict[str, Any], key: str) -> str:
    text = data.get(key, "")
    if not isinstance(text, str):
        raise MessageError(tr("“{key}” is a text.", key=key))
    return text
