"""Why something cannot be done now: sentences that tell a person what to do first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssim_viewer.session.state import Notice, Severity

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session

TOO_LATE = "The image was made for a reference that is no longer on screen; it is not shown."
NO_PAIR = "There is no image yet; open one, or a sample, first."
NO_RUN = "There is no run yet; press Play or make a step first."
NO_BRANCH = "There is no such branch of the run."
NO_CANDIDATE = "There is no such image among those that were opened."
MEASURING = "This is still being measured; try again once the numbers and maps are there."
NO_FILE = "Neither image comes from a file, so there is nothing to read again."
NO_FILES = "No file was named; choose or drop at least one."
NO_PASTE = "The clipboard holds no image; copy a picture or an image file first."
NO_REGION = "No region is selected, or it is still being measured."
NO_ANCHOR_HERE = "A pin stands on one of the two images: click in a pane that shows one of them."
NO_UNDO = "There is nothing to undo."
NO_REDO = "There is nothing to redo."


@dataclass(frozen=True, slots=True)
class NotNow:
    """The answer to an intent that cannot be carried out now, in one sentence."""

    text: str


def told(session: Session, text: str) -> Session:
    """Return the session with a sentence that is no error."""
    return replace(session, notice=Notice(text, Severity.INFORMATION))
