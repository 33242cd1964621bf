"""Opening images: how what was read becomes the pair on screen.

A first image alone is compared with itself until its partner comes. Further distorted images are
kept as candidates beside the one that is shown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from ssim_viewer.compute.memory_budget import within_free_memory
from ssim_viewer.images import NOTHING_GIVEN, image_from_array, is_sample
from ssim_viewer.images.resolving import is_made
from ssim_viewer.session.anchors import NO_ANCHORS
from ssim_viewer.session.kept import kept_pair
from ssim_viewer.session.not_now import NO_CANDIDATE, NO_PAIR, TOO_LATE, with_sentence
from ssim_viewer.session.recalling import recalled
from ssim_viewer.session.state import Notice, Opened, Role, Severity, Start, Subject
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.images import Alignment, Channel, GivenRange, Image, Mask, Pair
    from ssim_viewer.session.playback import Playback
    from ssim_viewer.session.pyramid import Pyramid
    from ssim_viewer.session.state import Document, Experiment, Look, Session

KEPT_PATHS = 12

CANDIDATE_BYTES = 1 << 30
"""Bytes of pixels that candidates may hold; what goes beyond is named, and not kept."""

_ALONE = {
    Role.REFERENCE: (
        tr("“{name}” waits for its reference and is compared with itself until that is opened.")
    ),
    Role.DISTORTED: (
        tr(
            "“{name}” is the reference and is compared with itself until a distorted image is"
            " opened."
        )
    ),
}


def reading(session: Session, names: Sequence[str]) -> Session:
    """Return the session while more files are read."""
    return replace(session, reading=(*session.reading, *names))


def read(session: Session, names: Sequence[str]) -> Session:
    """Return the session after files were read, or could not be."""
    left = list(session.reading)
    for name in names:
        if name in left:
            left.remove(name)
    return replace(session, reading=tuple(left))


def read_on(session: Session, names: Sequence[str], share: float) -> Session:
    """Return the session after a share of files was read, in their order."""
    left = max(1, len(names) - round(share * len(names)))
    waiting = session.reading
    done = [name for name in names[: len(names) - left] if name in waiting]
    return read(session, done) if done else session


def reading_text(session: Session) -> str:
    """Return what is being read, or prepared, in words; nothing when nothing is."""
    if session.reading:
        first, *rest = session.reading
        text = tr("Reading “{first}”…", first=first)
        return joined("\n", (text, tr("{count} more to come", count=len(rest)))) if rest else text
    if session.opening is not None and session.notice is None:
        if session.opening.alignment in {"register", "register-whole"}:
            return tr("Registering “{name}”…", name=session.opening.distorted.name)
        return tr("Preparing “{name}”…", name=session.opening.distorted.name)
    return ""


def opened(session: Session, role: Role, image: Image) -> Session:
    """Return the session after one image was read; the pair on screen stays for now.

    It joins the image that it belongs to. An image of another size than the one before, or beside
    a sample, begins a new pair, and is compared with itself until its partner comes.
    """
    latest = session.opening or session.document.opened
    if latest is None or not _joins(latest, role, image):
        other = Role.DISTORTED if role is Role.REFERENCE else Role.REFERENCE
        return _waiting(session, Opened(image, image, lacking=other))
    if role is Role.REFERENCE:
        return _waiting(session, replace(latest, reference=image, alignment=None, lacking=None))
    return _joined(session, latest, image)


def _joins(latest: Opened, role: Role, image: Image) -> bool:
    """Whether an image belongs to what was opened before it."""
    partner = latest.distorted if role is Role.REFERENCE else latest.reference
    fits = (partner.width, partner.height) == (image.width, image.height)
    if latest.lacking is not None:
        return latest.lacking is role and (fits or not is_sample(partner))
    if role is Role.REFERENCE:
        return fits and not is_sample(partner)
    return fits or not is_sample(partner)


def _joined(session: Session, latest: Opened, image: Image) -> Session:
    """Put a distorted image beside the reference, and among the candidates before it."""
    before = latest.candidates
    if not before and latest.lacking is None and not is_sample(latest.distorted):
        before = (latest.distorted,)
    others = [each for each in before if each.path is None or each.path != image.path]
    candidates = (*others, image)
    while len(candidates) > 1 and _bytes(candidates) > within_free_memory(CANDIDATE_BYTES):
        candidates = candidates[1:]
    return _waiting(
        session,
        Opened(
            latest.reference,
            image,
            candidates=candidates if len(candidates) > 1 else (),
            given=replace(latest.given, distorted_white=None),
            mask=latest.mask,
        ),
    )


def opened_both(
    session: Session,
    reference: Image,
    distorted: Image,
    *,
    alignment: Alignment | None = None,
    candidates: Sequence[Image] = (),
    problem: str = "",
    given: GivenRange = NOTHING_GIVEN,
    mask: Mask | None = None,
) -> Session:
    """Return the session after a whole pair was read; it waits to become the one on screen.

    `problem` says what could not be read beside it.
    """
    lacking = Role.DISTORTED if reference is distorted else None
    opening = Opened(reference, distorted, alignment, lacking, tuple(candidates), problem, given)
    opening = replace(opening, mask=mask or _mask_kept(session, reference))
    return _waiting(session, opening)


def _mask_kept(session: Session, reference: Image) -> Mask | None:
    """Return the mask in use, where it fits a reference that is read again or swapped."""
    latest = session.document.opened
    if latest is None or latest.mask is None:
        return None
    if latest.mask.pixels.shape != (reference.height, reference.width):
        return None
    known = (latest.reference, latest.distorted)
    again = reference.path is not None and reference.path in {each.path for each in known}
    return latest.mask if again or reference in known else None


def _waiting(session: Session, opening: Opened) -> Session:
    images = (opening.reference, *opening.candidates, opening.distorted)
    paths = [image.path for image in images if image.path is not None]
    return replace(
        session,
        opening=replace(opening, background=session.look.background, channel=session.look.channel),
        recent=tuple(dict.fromkeys([*reversed(paths), *session.recent]))[:KEPT_PATHS],
        notice=None,
    )


def fitting(images: Sequence[Image]) -> tuple[tuple[Image, ...], str]:
    """Return the candidates that are kept, and a sentence about those that are not."""
    kept: list[Image] = []
    room = within_free_memory(CANDIDATE_BYTES)
    for image in images:
        if kept and _bytes((*kept, image)) > room:
            break
        kept.append(image)
    left = [f"“{image.name}”" for image in images[len(kept) :]]
    text = (
        tr("There is no room for {names}; open fewer at once.", names=", ".join(left))
        if left
        else ""
    )
    return tuple(kept), text


def _bytes(images: Sequence[Image]) -> int:
    return sum(image.pixels.nbytes for image in images)


def paired(
    session: Session,
    opening: Opened,
    pair: Pair,
    pictures: tuple[Pyramid, Pyramid] | None = None,
) -> Session:
    """Return the session with a new pair on screen; what was climbed before is over.

    Quantities in units of the image follow its data range. A distorted image that was brought is
    shown: climbs start from it, and no longer from noise.
    """
    document = session.document
    data_range = pair.reference.data_range
    if document.pair is None or document.pair.reference.size_text != pair.reference.size_text:
        look = replace(session.look, region=None, anchors=NO_ANCHORS)
        session = replace(session, look=look)
    if document.pair is not None and document.metric.data_range != data_range:
        display = replace(session.look.display, levels=None)
        session = replace(session, look=replace(session.look, display=display))
    experiment = _rescaled(document.experiment, data_range / document.metric.data_range)
    if document.opened is not None and not opening.lacking:
        brought = opening.distorted is not document.opened.distorted
        experiment = replace(experiment, start=Start.DISTORTED) if brought else experiment
    changed = replace(
        document,
        opened=opening,
        pair=pair,
        pictures=pictures,
        metric=replace(document.metric, data_range=data_range),
        experiment=experiment,
        run=None,
        branches=(),
    )
    notice = _notice_of(opening, pair)
    return recalled(replace(session, document=changed, opening=None, notice=notice))


def restored(
    session: Session, document: Document, look: Look, playback: Playback, notes: str
) -> Session:
    """Return the session with another document, looked at as it was."""
    notice = Notice(notes, subject=Subject.PAIR) if notes else None
    after = replace(
        session, document=document, look=look, playback=playback, opening=None, notice=notice
    )
    return recalled(after)


def _notice_of(opening: Opened, pair: Pair) -> Notice | None:
    """Return what was done to the images, and what is lacking."""
    notes = [*pair.reference.notes, *pair.distorted.notes, *pair.notes]
    if opening.problem:
        notes.insert(0, opening.problem)
    if opening.lacking is not None:
        notes.append(_ALONE[opening.lacking].format(name=opening.reference.name))
    text = joined(" ", dict.fromkeys(notes))
    severity = Severity.ERROR if opening.problem else Severity.INFORMATION
    return Notice(text, severity, subject=Subject.PAIR, offer=pair.offer) if text else None


def _rescaled(experiment: Experiment, scale: float) -> Experiment:
    if scale == 1:
        return experiment
    step = experiment.step_size
    return replace(
        experiment,
        noise_mse=experiment.noise_mse * scale**2,
        step_size=None if step is None else step * scale,
    )


def refused(session: Session, text: str) -> Session:
    """Return the session without the images that could not become a pair, and why."""
    return replace(session, opening=None, notice=Notice(text, Severity.ERROR))


def mismatched(session: Session, text: str) -> Session:
    """Return the session with a notice that offers the ways to bring two sizes to one."""
    choices: tuple[Alignment, ...] = ("crop", "pad", "resize", "register")
    return replace(session, notice=Notice(text, Severity.ERROR, choices))


def aligned(session: Session, alignment: Alignment | None) -> Session:
    """Return the session in which two sizes, or two places, are brought to one; or as opened."""
    latest = session.opening or session.document.opened
    if latest is None:
        return with_sentence(session, NO_PAIR)
    return replace(session, opening=replace(latest, alignment=alignment), notice=None)


def unregistered(session: Session, text: str) -> Session:
    """Return the session without a registration that was wanted, and why there is none.

    Where sizes differ and the pair is still to be made, the other ways are offered.
    """
    latest = session.opening
    if latest is None or latest.reference.size_text == latest.distorted.size_text:
        return refused(session, text)
    ways: tuple[Alignment, ...] = ("crop", "pad", "resize")
    return replace(session, notice=Notice(text, Severity.ERROR, ways))


def refreshed(session: Session, images: Sequence[tuple[Image, Image]]) -> Session:
    """Return the session in which images that were read again become the pair anew."""
    latest = session.opening or session.document.opened
    if latest is None:
        return with_sentence(session, NO_PAIR)
    new = {id(before): after for before, after in images}

    def now(image: Image) -> Image:
        return new.get(id(image), image)

    reference = now(latest.reference)
    mask = latest.mask
    if mask is not None and mask.pixels.shape != (reference.height, reference.width):
        mask = None
    opening = replace(
        latest,
        reference=reference,
        distorted=now(latest.distorted),
        candidates=tuple(map(now, latest.candidates)),
        mask=mask,
    )
    return replace(session, opening=opening, notice=None)


def shown_pair(session: Session, reference: Image | None, images: Sequence[Image]) -> Session:
    """Return the session with images that another program sent.

    One with a new reference of the same name and size, or without one, keeps what is beside it:
    an image takes the place of the one of its name.
    """
    latest = session.opening or session.document.opened
    if latest is None and reference is None:
        return with_sentence(session, NO_PAIR)
    if reference is None or (latest is not None and _is_again(reference, latest.reference)):
        assert latest is not None  # noqa: S101 - either branch of the condition has one
        before = latest.candidates or (() if latest.lacking else (latest.distorted,))
        alike = latest.alignment, latest.given
    else:
        before, alike = (), (None, NOTHING_GIVEN)
    reference = reference or cast("Opened", latest).reference
    names = {image.name for image in images}
    candidates = (*(each for each in before if each.name not in names), *images)
    if is_sample(reference) or any(map(is_sample, before)):
        candidates = tuple(images)
    kept, problem = fitting(candidates[::-1])
    shown = kept[0] if kept else reference
    return opened_both(
        session,
        reference,
        shown,
        alignment=alike[0],
        candidates=kept[::-1] if len(kept) > 1 else (),
        problem=problem,
        given=alike[1],
    )


def _is_again(reference: Image, before: Image) -> bool:
    """Whether a reference is another version of the one before."""
    return reference.name == before.name and reference.size_text == before.size_text


def swapped(session: Session) -> Session:
    """Return the session in which reference and distorted image change their roles."""
    latest = session.document.opened
    if latest is None:
        return with_sentence(session, NO_PAIR)
    first, second = latest.reference, latest.distorted
    candidates = tuple(first if each is second else each for each in latest.candidates)
    return opened_both(
        session,
        second,
        first,
        alignment=latest.alignment,
        candidates=candidates,
        given=latest.given.swapped(),
    )


def over(session: Session, background: float | None) -> Session:
    """Return the session in which transparency lies over another background."""
    latest = session.opening or session.document.opened
    session = replace(session, look=replace(session.look, background=background))
    if latest is None or latest.background == background:
        return session
    return replace(session, opening=replace(latest, background=background))


def of_channel(session: Session, channel: Channel) -> Session:
    """Return the session in which one channel of colour images is measured, a luma, or all."""
    latest = session.opening or session.document.opened
    session = replace(session, look=replace(session.look, channel=channel))
    if latest is None or latest.channel == channel:
        return session
    return replace(session, opening=replace(latest, channel=channel))


def masked(session: Session, mask: Mask | None) -> Session:
    """Return the session in which the pixels count that a mask names."""
    latest = session.opening or session.document.opened
    if latest is None:
        return with_sentence(session, NO_PAIR)
    return replace(session, opening=replace(latest, mask=mask), notice=None)


def ranged(session: Session, given: GivenRange) -> Session:
    """Return the session in which the images become a pair anew, by a range that is given."""
    latest = session.opening or session.document.opened
    if latest is None:
        return with_sentence(session, NO_PAIR)
    return replace(session, opening=replace(latest, given=given), notice=None)


def showing(session: Session, pixels: NDArray[np.generic], name: str) -> Session:
    """Return the session with what was made from the pair beside the reference as it stands."""
    document = session.document
    pair = document.pair
    if pair is None:
        return with_sentence(session, NO_PAIR)
    latest = document.opened or Opened(pair.reference, pair.distorted)
    image = image_from_array(pixels, name, data_range=pair.reference.data_range)
    # Both are in the range of the pair already, and a guess stays what it was.
    image = replace(image, guessed_from=pair.reference.guessed_from)
    mask = latest.mask
    if mask is not None and mask.pixels.shape != image.pixels.shape[:2]:
        mask = None
    latest = replace(latest, reference=pair.reference, given=NOTHING_GIVEN, mask=mask)
    return _joined(session, latest, image)


def replaced(
    session: Session, image: Image, picture: Pyramid, reference: NDArray[np.generic]
) -> Session:
    """Return the session with another distorted image, made for the pair on screen.

    One that was made for another reference comes too late, and is not shown. The climb that started
    from the image before is over.
    """
    document = session.document
    pair, latest = document.pair, document.opened
    if pair is None or latest is None or pair.reference.pixels is not reference:
        return with_sentence(session, TOO_LATE)
    image = replace(image, guessed_from=pair.reference.guessed_from)
    changed = replace(
        document,
        opened=Opened(pair.reference, image, candidates=_with_made(latest, image)),
        pair=replace(pair, distorted=image),
        pictures=None if document.pictures is None else (document.pictures[0], picture),
        run=None,
        branches=(),
    )
    return recalled(replace(session, document=changed))


def _with_made(latest: Opened, image: Image) -> tuple[Image, ...]:
    """Return the candidates with an image that was made in place of the one made before it.

    A file that was on screen is kept among them.
    """
    before = latest.candidates
    if not before and latest.distorted.path is not None and latest.lacking is None:
        before = (latest.distorted,)
    kept = tuple(each for each in before if each is not latest.distorted or not is_made(each))
    return (*kept, image) if kept else ()


def chosen(session: Session, index: int) -> Session:
    """Return the session with another candidate, at once where it was seen before."""
    latest = session.document.opened
    if latest is None or not 0 <= index < len(latest.candidates):
        return with_sentence(session, NO_CANDIDATE)
    if latest.candidates[index] is latest.distorted and session.opening is None:
        return session
    wanted = replace(latest, distorted=latest.candidates[index], lacking=None, problem="")
    known = kept_pair(session.kept, wanted)
    if known is not None:
        return paired(session, wanted, known.pair, known.pictures)
    return replace(session, opening=wanted, notice=None)
