"""How two images become a pair, kept together: what a person chose besides the images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.images.alignment import align_pair
from ssim_viewer.images.ranges import NOTHING_GIVEN, GivenRange

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.images.alignment import Alignment
    from ssim_viewer.images.image import Image, Pair
    from ssim_viewer.images.luma import Channel
    from ssim_viewer.images.masks import Mask


@dataclass(frozen=True, slots=True)
class Pairing:
    """What `align_pair` is told; the fields are its arguments."""

    alignment: Alignment | None = None
    given: GivenRange = NOTHING_GIVEN
    background: float | None = None
    mask: Mask | None = None
    channel: Channel = "all"

    def pair(
        self, reference: Image, distorted: Image, report: Callable[[float], None] | None = None
    ) -> Pair:
        """Return both as a pair; errors are those of `align_pair`."""
        return align_pair(
            reference,
            distorted,
            self.alignment,
            self.given,
            background=self.background,
            mask=self.mask,
            channel=self.channel,
            report=report,
        )

    def alone(self, image: Image) -> Pair:
        """Return an image beside itself: over its background, in its range, of one channel."""
        return self.pair(image, image)


AS_THEY_ARE = Pairing()
"""Nothing was chosen."""
