"""Pages as a moving picture: GIF and animated WebP by Pillow, MP4 by PyAV where it is installed."""

from __future__ import annotations

import importlib.util
import io
from typing import TYPE_CHECKING, Any

from PIL import Image as PillowImage

from ssim_viewer.images import ImageError, write_bytes
from ssim_viewer.reports.film import SIDE, page
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ssim_viewer.reports.film import Film

    Report = Callable[[float], None]
    Pages = Iterator[PillowImage.Image]

SUFFIXES = (".gif", ".webp", ".mp4")
RATE = 10.0
"""Pages a second, unless it is said."""

HELD = 1.5
"""Seconds that the last page stays."""

MOST = 150
"""Pages of a film; longer ones are thinned."""

MOST_BYTES = 256 << 20
"""Of pages that are held at once: Pillow keeps those of a GIF until it writes the file."""

VIDEO_RATE = 30
"""Frames a second of MP4, in which a page stands for several."""

NO_VIDEO = tr(
    "MP4 needs the package PyAV: pip install 'ssim-viewer[video]'. GIF and WebP can be written "
    "without it."
)


def record(
    path: Path,
    film: Film,
    *,
    rate: float = RATE,
    side: int = SIDE,
    report: Report | None = None,
) -> str:
    """Write a film, whole or not at all, and return one sentence about it.

    Parameters
    ----------
    path
        The suffix says the format, one of `SUFFIXES`.
    rate
        Pages a second, where the film leaves it open.
    side
        Pixels of a picture's larger side.
    report
        Called with the fraction done after each page. What it raises ends the recording.

    Raises
    ------
    ImageError
        Another suffix, nothing to record, no PyAV for MP4, or the file cannot be written.
    """
    suffix = path.suffix.lower()
    check(path)
    if not film.shots:
        raise ImageError(tr("{title} has nothing to record yet.", title=film.title))
    first = page(film, film.shots[0](), side)
    film = film.thinned(min(MOST, max(2, MOST_BYTES // (first.width * first.height * 3))))
    seconds = film.seconds or 1 / rate
    durations = [seconds] * (len(film.shots) - 1) + [max(seconds, HELD)]
    tell = report or (lambda _fraction: None)
    pages = _pages(film, side, tell)
    if suffix == ".mp4":
        data = _video(pages, durations, tell)
    else:
        data = _animation(pages, durations, suffix, tell)
    tell(1.0)
    write_bytes(path, data)
    count = len(film.shots)
    numbers = {"name": path.name, "count": count, "seconds": sum(durations)}
    if count == 1:
        return tr("Saved “{name}”: 1 page, {seconds:.1f} s.", **numbers)
    return tr("Saved “{name}”: {count} pages, {seconds:.1f} s.", **numbers)


def check(path: Path) -> None:
    """Raise ImageError unless a file of this name can be made here."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ImageError(
            tr("A recording needs a name that ends in {names}.", names=", ".join(SUFFIXES))
        )
    if suffix == ".mp4" and not has_video():
        raise ImageError(NO_VIDEO)


def has_video() -> bool:
    """Whether MP4 can be written."""
    return importlib.util.find_spec("av") is not None


_DRAWN = 0.8
"""Share of the work that drawing is; writing is the rest."""


def _pages(film: Film, side: int, tell: Report) -> Pages:
    for number, shot in enumerate(film.shots):
        yield page(film, shot(), side)
        tell(_DRAWN * (number + 1) / len(film.shots))


def _animation(pages: Pages, durations: list[float], suffix: str, tell: Report) -> bytes:
    buffer = io.BytesIO()
    times = [round(1000 * each) for each in durations]
    common: dict[str, Any] = {"save_all": True, "duration": times, "loop": 0}
    if suffix == ".gif":
        indexed = (each.quantize(256, dither=PillowImage.Dither.NONE) for each in pages)
        next(indexed).save(buffer, "GIF", append_images=indexed, **common)
    else:
        rest = [_PagesInTurn(pages, len(durations) - 1)] if len(durations) > 1 else []
        next(pages).save(buffer, "WEBP", append_images=rest, quality=85, method=2, **common)
    tell(0.99)
    return buffer.getvalue()


class _PagesInTurn(PillowImage.Image):
    """An image of several frames, as Pillow has them, each of which is drawn when it is wanted.

    So a page is drawn, told of and encoded before the next one; Pillow would take a list of pages
    as a whole, and encode all of them at the end, for seconds in which nothing can be cancelled.
    """

    def __init__(self, pages: Pages, count: int) -> None:
        super().__init__()
        self.n_frames = count
        self._pages = pages

    def seek(self, frame: int) -> None:
        """Go to the next page; Pillow asks for each once, in order."""
        if frame >= self.n_frames:
            raise EOFError
        self.im = next(self._pages).im
        self._mode, self._size = "RGB", self.im.size


def _video(pages: Pages, durations: list[float], tell: Report) -> bytes:
    """Return H.264 in 4:2:0, which every player shows."""
    av: Any = importlib.import_module("av")
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("h264", rate=VIDEO_RATE)
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": "18"}
        for number, (each, seconds) in enumerate(zip(pages, durations, strict=True)):
            if number == 0:
                stream.width, stream.height = each.size
            frame = av.VideoFrame.from_image(each)
            for _ in range(max(1, round(seconds * VIDEO_RATE))):
                container.mux(stream.encode(frame))
        container.mux(stream.encode())
    tell(0.99)
    return buffer.getvalue()
