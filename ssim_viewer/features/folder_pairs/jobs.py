"""Pairing the images of two folders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.features.folder_pairs.state import NamedPair, Pairs
from ssim_viewer.images import ImageError
from ssim_viewer.images.folder_pairs import References, images_below, why_unpaired
from ssim_viewer.images.reading import display_name
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, eq=False)
class PairJob:
    """Pair each distorted image with the reference of its name."""

    reference: Path
    distorted: Path

    def __call__(self) -> Pairs:
        """Return the pairs in order of their names, and the images without a partner.

        Raises
        ------
        ImageError
            One sentence if a folder cannot be read, or nothing in it has a partner.
        """
        references = References(_images(self.reference))
        pairs, unpaired, used = [], [], set()
        for image in _images(self.distorted):
            match references.of(image):
                case [only]:
                    used.add(only)
                    name = image.as_posix()
                    pairs.append(NamedPair(name, self.reference / only, self.distorted / image))
                case several:
                    reason = why_unpaired([each.as_posix() for each in several])
                    unpaired.append((image.as_posix(), reason))
        alone = [each for each in _images(self.reference) if each not in used]
        unpaired += [
            (each.as_posix(), tr("It has no distorted image of its name.")) for each in alone
        ]
        if not pairs:
            folders = tr(
                "“{distorted}” and “{reference}”",
                distorted=display_name(self.distorted),
                reference=display_name(self.reference),
            )
            raise ImageError(
                tr("No image of {folders} has a partner of its name.", folders=folders)
            )
        return Pairs(tuple(pairs), tuple(unpaired))

    def is_same_job(self, other: object) -> bool:
        """Whether another job is of the same folders."""
        return isinstance(other, PairJob) and (other.reference, other.distorted) == (
            self.reference,
            self.distorted,
        )


def _images(folder: Path) -> list[Path]:
    try:
        return images_below(folder)
    except OSError as error:
        reason = error.strerror or error
        raise ImageError(
            tr(
                "The folder “{name}” cannot be read: {reason}.",
                name=display_name(folder),
                reason=reason,
            )
        ) from None
