"""Reading and writing files: what is read becomes the pair, once both sizes are one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot

from ssim_viewer.app.session_jobs import SessionJobSlot
from ssim_viewer.images import NoRegistration, SizeMismatch
from ssim_viewer.jobs import Runner, requests
from ssim_viewer.session import opening, transitions
from ssim_viewer.session.state import Severity
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.images import Image, Mask
    from ssim_viewer.jobs import JobProgress, JobResult
    from ssim_viewer.jobs.runner import Request
    from ssim_viewer.session.state import Opened, Session
    from ssim_viewer.session.store import Store


class FileController(QObject):
    """Connects the session with the workers for files and for alignment.

    Signals
    -------
    read_on
        Another file is being read now.
    """

    read_on = Signal()

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._files = Runner("files", latest_wins=False, parent=self)
        self._alignment = SessionJobSlot("aligner", requests.missing_alignment, self)
        self.runners = self._files, self._alignment.runner
        store.changed.connect(self._alignment.ask)
        self._files.finished.connect(self._finished)
        self._files.advanced.connect(self._read_on)
        self._alignment.runner.advanced.connect(self._aligning)
        self._alignment.runner.finished.connect(self._aligned)

    def submit(self, request: Request) -> None:
        """Ask for work on files, and say which ones are read."""
        names = _names(request)
        if names:
            self._store.apply(partial(opening.reading, names=names))
        self._files.submit(request)

    def cancel(self) -> None:
        """Stop reading and aligning."""
        for runner in self.runners:
            runner.cancel()

    @Slot(object)
    def _read_on(self, advance: JobProgress) -> None:
        """Say which file is being read now."""
        names = _names(advance.request)
        self._store.apply(partial(opening.read_on, names=names, share=advance.fraction))
        self.read_on.emit()

    @Slot(object)
    def _finished(self, outcome: JobResult) -> None:
        names = _names(outcome.request)
        if names:
            self._store.apply(partial(opening.read, names=names), soon=True)
        if outcome.cancelled:
            return
        if outcome.problem:
            self._store.apply(partial(transitions.notified, text=outcome.problem))
            return
        opened = _opened(outcome)
        if opened is not None:
            self._store.settle()
            self._store.apply(opened)
        else:
            text, good = cast("str", outcome.result), Severity.INFORMATION
            self._store.apply(partial(transitions.notified, text=text, severity=good))

    @Slot(object)
    def _aligning(self, advance: JobProgress) -> None:
        """Say how far a pair is that is prepared, once that is worth a word."""
        text = self._store.session.busy
        if text and self._alignment.is_current(advance.request):
            self._store.apply(
                partial(transitions.working, text=text, progress=advance.fraction), soon=True
            )

    @Slot(object)
    def _aligned(self, outcome: JobResult) -> None:
        request = cast("requests.AlignRequest", outcome.request)
        if not self._alignment.is_current(request) or outcome.cancelled:
            return
        if isinstance(outcome.error, SizeMismatch):
            self._store.apply(partial(opening.mismatched, text=outcome.problem))
            return
        if isinstance(outcome.error, NoRegistration):
            self._store.apply(partial(opening.unregistered, text=outcome.problem))
            return
        if outcome.problem:
            self._store.apply(partial(opening.refused, text=outcome.problem))
            return
        prepared = cast("requests.Prepared", outcome.result)
        before, new = self._store.session.document.opened, request.opening
        first = before is None
        again = before is not None and _same_images(before, new)
        name = "alignment" if again else tr("opening of “{name}”", name=new.distorted.name)
        self._store.apply(
            partial(opening.paired, opening=new, pair=prepared.pair, pictures=prepared.pictures),
            undo="" if first else name,
            soon=True,
        )


def _opened(outcome: JobResult) -> Callable[[Session], Session] | None:
    """Return how the session changes by what was read; None where something was written."""
    request, result = outcome.request, outcome.result
    if isinstance(request, requests.ReadRequest | requests.PasteRequest):
        return partial(opening.opened, role=request.role, image=cast("Image", result))
    if isinstance(request, requests.MaskRequest):
        return partial(opening.masked, mask=cast("Mask", result))
    if isinstance(request, requests.PairRequest | requests.SampleRequest):
        found = cast("requests.ReadPair", result)
        return partial(
            opening.opened_both,
            reference=found.reference,
            distorted=found.distorted,
            alignment=request.alignment,
            candidates=found.candidates,
            problem=found.problem,
            given=found.given,
            mask=found.mask,
        )
    return None


def _same_images(before: Opened, after: Opened) -> bool:
    """Whether two images become a pair in another way, and no other ones are opened."""
    same = before.reference is after.reference and before.distorted is after.distorted
    return same and before.alignment != after.alignment


def _names(request: Request) -> tuple[str, ...]:
    """Return the files that a request reads, by name."""
    reading = requests.ReadRequest | requests.PairRequest | requests.SampleRequest
    return request.names if isinstance(request, reading) else ()
