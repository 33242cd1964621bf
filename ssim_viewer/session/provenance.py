"""How what is exported was made, in one line: the images, the convention, the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer import __version__
from ssim_viewer.metrics import Quantity
from ssim_viewer.session.family import MetricLayer, symbol_of
from ssim_viewer.session.maps import map_spec
from ssim_viewer.session.metric_settings import settings_words
from ssim_viewer.session.range_words import convention

if TYPE_CHECKING:
    from ssim_viewer.session.state import Document, Session

PROGRAM = f"ssim_viewer {__version__}"


def how_made(session: Session, content: Quantity | MetricLayer | None = None) -> str:
    """Return what a file with something of the session on screen says of itself.

    `content` is what a pane shows; without it the file is of the distorted image or of the run.
    """
    parts = (PROGRAM, _subject(session, content), _run_words(session.document))
    names = (session.document.driver, content.metric if isinstance(content, MetricLayer) else "")
    convention = f"SSIM: {convention_of(session)}"
    words = (*parts, convention, settings_words(session.document, names))
    return "; ".join(part for part in words if part)


def convention_of(session: Session) -> str:
    """Return the convention of SSIM of the session on screen, in words."""
    document = session.document
    pair = document.pair
    if pair is None:
        return convention(document.metric, (0, 0), document.range_source)
    return convention(
        document.metric,
        pair.reference.pixels.shape,
        document.range_source,
        pair.mask,
        pair.registered,
        channel=pair.channel,
    )


def _subject(session: Session, content: Quantity | MetricLayer | None) -> str:
    opened = session.document.opened
    if opened is None:
        return ""
    images = f"distorted “{opened.distorted.name}”, reference “{opened.reference.name}”"
    if opened.alignment is not None:
        images += f", sizes brought to one by {opened.alignment}"
    if content is None:
        return images
    spec = map_spec(content)
    name = spec.id if isinstance(content, Quantity) else spec.words
    return f"{name} of {images}"


def _run_words(document: Document) -> str:
    run, experiment = document.run, document.experiment
    if run is None:
        return ""
    start: str = experiment.start.value
    if start == "white noise":
        start += f" of seed {experiment.seed}"
    pixels = "kept in range" if experiment.in_range else "free"
    return (
        f"step {run.frame.index} of a {experiment.direction.value} by {symbol_of(document.driver)} "
        f"at MSE {run.trace[0, 1]:.8g} from {start}, {experiment.rule.value} rule, pixels {pixels}"
    )
