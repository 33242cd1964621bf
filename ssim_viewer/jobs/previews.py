"""The first look at maps that are being measured, as a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.metrics.coarse import coarse_maps
from ssim_viewer.session.preview import Preview
from ssim_viewer.session.previewing import is_previewed, previewed_metrics

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Metric
    from ssim_viewer.metrics.coarse import CoarseMaps
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class PreviewRequest:
    """Look at a large pair coarsely, by each of some metrics."""

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    metrics: Mapping[str, Metric]

    def __call__(self) -> Preview:
        """Return the preview; a metric that fails will say why when it is measured."""
        found: dict[str, CoarseMaps] = {}
        for name, metric in self.metrics.items():
            try:
                coarse = coarse_maps(metric, self.reference, self.distorted)
            except Exception:  # noqa: S112 - a plug-in may raise anything
                continue
            if coarse is not None:
                found[name] = coarse
        return Preview(self.reference, self.distorted, self.metrics, found)

    def is_same_job(self, other: object) -> bool:
        """Whether another request asks for the same."""
        return (
            isinstance(other, PreviewRequest)
            and other.reference is self.reference
            and other.distorted is self.distorted
            and other.metrics == self.metrics
        )


def missing_preview(session: Session) -> PreviewRequest | None:
    """Return the preview of what is on screen that the session is missing."""
    document, metrics = session.document, previewed_metrics(session)
    if not metrics or document.pair is None or document.shown is None:
        return None
    if is_previewed(session, metrics):
        return None
    return PreviewRequest(document.pair.reference.pixels, document.shown, metrics)
