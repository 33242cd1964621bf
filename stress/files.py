"""Mutated image files: each is decoded in a child process, whose death is seen and counted.

A file passes if it gives an image or one `ImageError`. It fails if the decoder ends the process,
raises anything else, takes too long, or takes too much memory.
"""

import argparse
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

from ssim_viewer.images import ImageError, decode_image
from stress.mutations import mutate
from stress.seeds import seed_files

LONGEST = 20.0  # seconds of a processor for one file; by the clock ten times as long
MOST_MEMORY = 2 * 2**30  # bytes that one file may add to the process
_RENEWED_AFTER = 2000  # files, so that what a decoder leaks is never taken for one file's


def main(arguments: list[str]) -> int:
    """Decode mutated files and print a summary; return 1 if any failed."""
    options = _options(arguments)
    seeds = seed_files()
    started = time.monotonic()
    counts: Counter[str] = Counter()
    with _Decoder() as decoder:
        for number, name, data in _mutated(seeds, options):
            outcome = decoder.outcome(data)
            counts[outcome.split(":")[0]] += 1
            if outcome not in {"image", "sentence"}:
                print(f"file {number} of seed {options.seed}, made of {name}: {outcome}")
                _keep(options.keep, f"{options.seed}-{number}-{name}", data)
    failed = counts.total() - counts["image"] - counts["sentence"]
    print(
        f"{counts.total()} mutated files of {len(seeds)} kinds in "
        f"{time.monotonic() - started:.0f} s: {counts['image']} images, "
        f"{counts['sentence']} refused in a sentence, {failed} failed"
        + "".join(f", {counts[kind]} {kind}" for kind in sorted(counts) if kind in _FAILURES)
    )
    return 1 if failed else 0


_FAILURES = ("crash", "exception", "memory", "time")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m stress files", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="mutated files")
    parser.add_argument("--seed", type=int, default=0, help="of the random choices")
    parser.add_argument("--start", type=int, default=0, help="the first file's number")
    parser.add_argument("--only", default="", help="kinds whose name contains this")
    parser.add_argument("--keep", type=Path, help="folder for the files that failed")
    return parser.parse_args(arguments)


def _mutated(
    seeds: dict[str, bytes], options: argparse.Namespace
) -> Iterator[tuple[int, str, bytes]]:
    names = [name for name in sorted(seeds) if options.only in name]
    for number in range(options.start, options.start + options.count):
        choose = random.Random(f"{options.seed}-{number}")  # noqa: S311 - nothing is secret here
        name = names[number % len(names)]
        other = seeds[choose.choice(names)]
        yield number, name, mutate(seeds[name], other, choose)


def _keep(folder: Path | None, name: str, data: bytes) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


class _Decoder:
    """A child process that decodes, and is replaced when it dies or hangs."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._process: multiprocessing.process.BaseProcess | None = None
        self._done = 0

    def __enter__(self) -> "_Decoder":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def outcome(self, data: bytes) -> str:
        """Return "image", "sentence", or what went wrong as "kind: particulars"."""
        if self._process is None or self._done >= _RENEWED_AFTER:
            self._start()
        self._done += 1
        try:
            self._channel.send_bytes(data)
            if not self._answers():
                self._stop()
                return f"time: more than {LONGEST:.0f} s"
            return str(self._channel.recv())
        except (EOFError, OSError):
            status = self._stop()
            return f"crash: the process ended with status {status}"

    def _answers(self) -> bool:
        """Wait for the answer; other work on the machine takes no time from the child."""
        assert self._process is not None  # noqa: S101 - it was started
        child = psutil.Process(self._process.pid)
        begun, worked = time.monotonic(), _processor_time(child)
        while not self._channel.poll(1.0):
            lasted = time.monotonic() - begun
            if _processor_time(child) - worked > LONGEST or lasted > 10 * LONGEST:
                return False
        return True

    def _start(self) -> None:
        self._stop()
        self._channel, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_decode_all, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._done = 0

    def _stop(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        self._channel.close()
        process.join(1.0)
        if process.is_alive():
            process.kill()
            process.join()
        return process.exitcode


def _processor_time(process: psutil.Process) -> float:
    """Return the seconds that a process has worked; none of one that has ended."""
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _decode_all(channel: Connection) -> None:
    process = psutil.Process()
    while True:
        try:
            data = channel.recv_bytes()
        except EOFError:
            return
        channel.send(_decoded(data, process))


def _decoded(data: bytes, process: psutil.Process) -> str:
    _limit_memory(process.memory_info().vms + MOST_MEMORY)
    try:
        decode_image(data, "file")
    except ImageError as error:
        return f"memory: {error}" if "more memory" in str(error) else "sentence"
    except MemoryError:
        return "memory: MemoryError"
    except Exception as error:  # any other exception is what is looked for
        return f"exception: {type(error).__name__}: {error}"
    return "image"


def _limit_memory(size: int) -> None:
    """Let the process have no more address space than this, where the system can do that."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.RLIM_INFINITY))
