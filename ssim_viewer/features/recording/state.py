"""What the window Record knows: the films there are, the chosen one, and the one being written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from ssim_viewer.features.recording.jobs import RecordSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.features.recording.jobs import PreviewJob, RecordJob
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.state import Notice, Session

ID = "recording"


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """The state of the feature.

    Attributes
    ----------
    films
        What can be recorded.
    title
        Of the chosen film; the first one without it.
    preview, previewed
        A page, and the job that made it.
    task, fraction
        What is being written, and how much of it is done.
    """

    open: bool = False
    films: tuple[Film, ...] = ()
    title: str = ""
    settings: RecordSettings = field(default_factory=RecordSettings)
    preview: NDArray[np.uint8] | None = None
    previewed: PreviewJob | None = None
    task: RecordJob | None = None
    fraction: float = 0.0
    notice: Notice | None = None

    @property
    def film(self) -> Film | None:
        """The chosen film, or the first."""
        return next(
            (each for each in self.films if each.title == self.title),
            self.films[0] if self.films else None,
        )


def recording_of(session: Session) -> Recording:
    """Return the state of the feature in a session."""
    return cast("Recording", session.features.get(ID, Recording()))
