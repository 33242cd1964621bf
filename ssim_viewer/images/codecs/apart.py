"""Decoding in a child process: for libraries that damaged files crash, or make ask for all memory.

The child is given the bytes, decodes them by one function of imagecodecs, and returns the array. It
ends with its answer; it costs some 0.2 s.
"""

import io
import subprocess
import sys

import numpy as np

from ssim_viewer.images.codecs.decoded import DAMAGED, BadFile
from ssim_viewer.images.types import Pixels

SECONDS = 60.0
_MOST_MEMORY = 4 * 2**30  # bytes of a whole child, where the system can limit it

_CHILD = """
import io
import sys
import numpy
import imagecodecs
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[3]),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
found = numpy.asarray(getattr(imagecodecs, sys.argv[1])(sys.stdin.buffer.read()))
count = 1
if sys.argv[2]:
    count = len(found) if found.ndim == 4 else 1
    found = found[int(sys.argv[2])] if found.ndim == 4 else found
answer = io.BytesIO()
numpy.save(answer, numpy.int64(count))
numpy.save(answer, numpy.ascontiguousarray(found), allow_pickle=False)
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
    words = [sys.executable, "-I", "-c", _CHILD, function, which, str(_MOST_MEMORY)]
    try:
        done = subprocess.run(  # noqa: S603 - the program is this one's own Python
            words, input=data, capture_output=True, timeout=SECONDS, check=True
        )
        stream = io.BytesIO(done.stdout)
        count = int(np.load(stream, allow_pickle=False))
        return np.load(stream, allow_pickle=False), count
    except (subprocess.SubprocessError, OSError, ValueError, EOFError):
        raise BadFile(DAMAGED) from None
