"""Decoding in a child process: for libraries that damaged files crash, or make ask for all memory.

The child is given the bytes, decodes them by one function of imagecodecs or by OpenEXR, and returns
arrays. It ends with its answer; it costs some 0.2 s.
"""

import io
import subprocess
import sys
from collections.abc import Iterator

import numpy as np

from ssim_viewer.images.codecs.decoded import DAMAGED, BadFile
from ssim_viewer.images.types import Pixels

SECONDS = 60.0
_MOST_MEMORY = 4 * 2**30  # bytes of a whole child, where the system can limit it

_LIMITED = """
import io
import sys
import numpy
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
answer = io.BytesIO()
def tell(array):
    numpy.save(answer, numpy.asarray(array, order="C"), allow_pickle=False)
"""

_BY_IMAGECODECS = """
import imagecodecs
found = numpy.asarray(getattr(imagecodecs, sys.argv[2])(sys.stdin.buffer.read()))
count = 1
if sys.argv[3]:
    count = len(found) if found.ndim == 4 else 1
    found = found[int(sys.argv[3])] if found.ndim == 4 else found
tell(numpy.int64(count))
tell(found)
sys.stdout.buffer.write(answer.getbuffer())
"""

_BY_OPENEXR = """
import os
import tempfile
import OpenEXR
OpenEXR.set_global_thread_count(0)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "picture.exr")
    with open(path, "wb") as file:
        file.write(sys.stdin.buffer.read())
    with OpenEXR.File(path, separate_channels=True) as found:
        for name in sys.argv[2:]:
            tell(found.channels()[name].pixels)
sys.stdout.buffer.write(answer.getbuffer())
"""


def decoded_apart(function: str, data: bytes, frame: int | None = None) -> tuple[Pixels, int]:
    """Return what a function of imagecodecs makes of a file, and how many frames it has.

    Parameters
    ----------
    frame
        Which of several frames, from 0; None for a file of one picture.

    Raises
    ------
    BadFile
        The child failed, crashed, or took too long.
    """
    which = "" if frame is None else str(frame)
    count, pixels = _answers(_BY_IMAGECODECS, data, (function, which), 2)
    return pixels, int(count)


def exr_planes_apart(data: bytes, names: tuple[str, ...]) -> dict[str, Pixels]:
    """Return channels of an OpenEXR file by name, each at the size that it is stored in.

    Raises
    ------
    BadFile
        The child failed, crashed, or took too long.
    """
    return dict(zip(names, _answers(_BY_OPENEXR, data, names, len(names)), strict=True))


def _answers(script: str, data: bytes, options: tuple[str, ...], count: int) -> Iterator[Pixels]:
    """Return the arrays that a child answers with."""
    words = [sys.executable, "-I", "-c", _LIMITED + script, str(_MOST_MEMORY), *options]
    try:
        done = subprocess.run(  # noqa: S603 - the program is this one's own Python
            words, input=data, capture_output=True, timeout=SECONDS, check=True
        )
        stream = io.BytesIO(done.stdout)
        found = [np.load(stream, allow_pickle=False) for _ in range(count)]
    except (subprocess.SubprocessError, OSError, ValueError, EOFError):
        raise BadFile(DAMAGED) from None
    return iter(found)
