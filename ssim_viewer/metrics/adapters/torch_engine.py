"""Metrics of networks, through torch: values and maps, and slopes by its automatic derivatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssim_viewer.metrics.adapters.bound import Answer
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.metrics.adapters.bound import Report, Rgb


class TorchEngine:
    """A score that torch computes of two images of (1, 3, H, W) in [0, 1].

    Parameters
    ----------
    torch
        The package.
    score
        Returns the score of two tensors, a tensor of one number.
    local
        Returns a map of them, (H, W), where there is one.
    name
        What the map is called.
    """

    def __init__(
        self,
        torch: Any,
        reference: Rgb,
        score: Callable[[Any, Any], Any],
        local: Callable[[Any, Any], Any] | None = None,
        name: str = "",
    ) -> None:
        self._torch, self._score, self._local, self._name = torch, score, local, name
        self._x = self._tensor(reference)

    def measured(self, y: Rgb, /, *, maps: bool, gradient: bool, report: Report) -> Answer:
        """Return score, map and slope, see `Engine`."""
        report(0.0)
        image, found = self._tensor(y), {}
        try:
            with self._torch.set_grad_enabled(gradient):
                score = self._score(self._x, image.requires_grad_(gradient))
            slope = self._slope(score, image) if gradient else None
            if maps and self._local is not None:
                report(0.5)
                with self._torch.no_grad():
                    local = self._local(self._x, image.detach())
                found[self._name] = local.float().cpu().numpy().reshape(y.shape[:2])
        except RuntimeError as error:  # as of images too small for a network, or no memory left
            raise MetricError(tr("torch refused: {error}", error=_first_line(error))) from error
        return Answer(float(score.detach()), found, slope)

    def _slope(self, score: Any, image: Any) -> Any:
        (slope,) = self._torch.autograd.grad(score.sum(), image)
        return slope[0].permute(1, 2, 0).cpu().numpy()

    def _tensor(self, rgb: Rgb) -> Any:
        return self._torch.from_numpy(rgb.copy()).permute(2, 0, 1)[None].contiguous()


def _first_line(error: Exception) -> str:
    return f"{error}".strip().split("\n", maxsplit=1)[0]
