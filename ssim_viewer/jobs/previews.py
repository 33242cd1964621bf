"""The first look at maps that are being measured, as a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.metrics.sparse import sparse_maps
from ssim_viewer.session.preview import Preview, stride_of
from ssim_viewer.session.previewing import preview_on_screen, previewed_metric

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Ssim
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class PreviewRequest:
    """Measure every so many windows of a large pair."""

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    metric: Ssim

    def __call__(self) -> Preview | None:
        """Return the preview; None for images that are shrunk first."""
        stride = stride_of(self.reference.shape)
        found = sparse_maps(self.metric, self.reference, self.distorted, stride)
        if found is None:
            return None
        return Preview(self.reference, self.distorted, self.metric, found)

    def is_same_job(self, other: object) -> bool:
        """Whether another request asks for the same."""
        return (
            isinstance(other, PreviewRequest)
            and other.reference is self.reference
            and other.distorted is self.distorted
            and other.metric == self.metric
        )


def missing_preview(session: Session) -> PreviewRequest | None:
    """Return the preview of what is on screen, if the session lacks it."""
    document, metric = session.document, previewed_metric(session)
    if metric is None or document.pair is None or document.shown is None:
        return None
    if preview_on_screen(session) is not None:
        return None
    return PreviewRequest(document.pair.reference.pixels, document.shown, metric)
