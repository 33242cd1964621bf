"""The job: the shift between two images, by phase correlation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.images.registration import find_shift

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.images import Shift


@dataclass(frozen=True, slots=True, eq=False)
class FindShift:
    """Look where the distorted image lies on the reference."""

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]

    def run(self, report: Callable[[float], None]) -> Shift:
        """Return the shift."""
        return find_shift(self.reference, self.distorted, report)

    def is_same_job(self, other: object) -> bool:
        """Whether another job looks at the same arrays."""
        return (
            isinstance(other, FindShift)
            and other.reference is self.reference
            and other.distorted is self.distorted
        )
