"""Why something cannot be done now: sentences that tell a person what to do first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssim_viewer.session.state import Notice, Severity
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session

TOO_LATE = tr("The image was made for a reference that is no longer on screen; it is not shown.")
NO_PAIR = tr("There is no image yet; open one, or a sample, first.")
NO_RUN = tr("There is no run yet; press Play or make a step first.")
NO_BRANCH = tr("There is no such branch of the run.")
NO_CANDIDATE = tr("There is no such image among those that were opened.")
MEASURING = tr("This is still being measured; try again once the numbers and maps are there.")
NO_FILE = tr("Neither image comes from a file, so there is nothing to read again.")
NO_FILES = tr("No file was named; choose or drop at least one.")
NO_PASTE = tr("The clipboard holds no image; copy a picture or an image file first.")
NO_REGION = tr("No region is selected, or it is still being measured.")
NO_ANCHOR_HERE = tr(
    "A pin stands on one of the two images: click in a pane that shows one of them."
)
NO_ANCHOR = tr("No anchor pin stands on an image.")
NO_UNDO = tr("There is nothing to undo.")
NO_REDO = tr("There is nothing to redo.")


@dataclass(frozen=True, slots=True)
class NotNow:
    """The answer to an intent that cannot be carried out now, in one sentence."""

    text: str


def with_sentence(session: Session, text: str) -> Session:
    """Return the session with a sentence that is no error."""
    return replace(session, notice=Notice(text, Severity.INFORMATION))
