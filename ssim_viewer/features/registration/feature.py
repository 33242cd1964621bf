"""The feature: it offers to register a pair whose images lie at two places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.features.feature import Answer, Command, Feature, Job
from ssim_viewer.features.registration.jobs import FindShift
from ssim_viewer.features.registration.state import (
    ID,
    LEAST_SHIFT,
    FoundShift,
    RegistrationState,
    pair_to_look_at,
)
from ssim_viewer.images.registering import SHIFTS_ALONE
from ssim_viewer.session.command import has_pair
from ssim_viewer.session.intents import ChooseAlignment, Tell
from ssim_viewer.session.state import Choice, Subject
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.images import Alignment, Shift
    from ssim_viewer.session.state import Session

MENU = ("Edit",)


def _alignment(session: Session) -> Alignment | None:
    opened = session.document.opened
    return None if opened is None else opened.alignment


def _row(name: str, label: str, alignment: Alignment, tip: str, keys: tuple[str, ...]) -> Command:
    """Return the row of a way to register, which takes it back too."""
    return Command(
        name,
        label,
        MENU,
        lambda session: ChooseAlignment(None if _alignment(session) == alignment else alignment),
        tip,
        keys,
        enabled=has_pair,
        checked=lambda session: _alignment(session) == alignment,
    )


REGISTER = tr(
    "Move the distorted image to where phase correlation finds it on the reference, to a hundredth "
    "of a pixel, and crop both to their common part; it finds shifts, no rotation or scale. "
    "Again, show both as opened."
)
REGISTER_WHOLE = tr(
    "Move the distorted image by whole pixels alone, so that no sample changes, and crop both to "
    "their common part; again, show both as opened."
)


class Registration(Feature[RegistrationState]):
    """Looks at each pair that is opened, and says when its images lie at two places."""

    id = ID
    initial = RegistrationState()
    commands = (
        _row("register", tr("R&egister"), "register", REGISTER, ("Ctrl+Alt+R",)),
        _row(
            "register_whole", tr("Register by w&hole pixels"), "register-whole", REGISTER_WHOLE, ()
        ),
    )

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the look at a pair that was not looked at yet."""
        pair = pair_to_look_at(session)
        if pair is None or self.state(session).knows(*pair):
            return {}
        return {"look": FindShift(*pair)}

    def receive(
        self, state: RegistrationState, session: Session, key: Hashable, answer: Answer
    ) -> RegistrationState:
        """Return the state with what was found; a problem is none of the person's."""
        job = answer.job
        return state.with_latest(FoundShift(job.reference, job.distorted, answer.result))

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Return the offer, if there is one; a question that waits for its answer goes first."""
        shift, notice = answer.result, session.notice
        if shift is None or not shift.is_clear or shift.length < LEAST_SHIFT:
            return None
        if notice is None:
            return Tell(_sentence(shift), _choices(shift))
        asked = notice.choices or notice.offer or notice.alignments
        if asked or notice.subject is not Subject.PAIR:
            return None
        return Tell(joined(" ", (notice.text, _sentence(shift))), _choices(shift))


def _sentence(shift: Shift) -> str:
    return joined(" ", (_found(shift), *([SHIFTS_ALONE] if shift.is_low else [])))


def _found(shift: Shift) -> str:
    return tr(
        "The distorted image lies {shift} pixels (right, down) away from its place on the "
        "reference: there the phase correlation has a peak of {peak}, and 1 is a copy.",
        shift=str(shift),
        peak=f"{shift.peak:.2f}",
    )


def _choices(shift: Shift) -> tuple[Choice, ...]:
    whole = Choice(
        "move_whole",
        tr("Register by whole pixels"),
        REGISTER_WHOLE,
        ChooseAlignment("register-whole"),
    )
    fine = Choice("move", tr("Register"), REGISTER, ChooseAlignment("register"))
    if shift.whole.length == 0:
        return (fine,)
    return (fine, whole)
