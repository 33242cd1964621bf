"""The adapters as entries of the catalogue, and what each lacks where it cannot run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ssim_viewer.metrics.adapters import butteraugli, color_video_vdp, dists, lpips, vmaf
from ssim_viewer.metrics.adapters.flip import Flip
from ssim_viewer.metrics.adapters.installed import lack_of_package
from ssim_viewer.metrics.builtin_metrics import MetricEntry
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.metrics.builtin_metrics import MetricContext
    from ssim_viewer.metrics.protocol import Metric


@dataclass(frozen=True, slots=True)
class Adapter:
    """A metric of another program.

    Attributes
    ----------
    entry
        How it stands in the catalogue.
    lack
        Returns a sentence that says how to get what it needs, "" where it can run; it imports and
        starts nothing.
    """

    entry: MetricEntry
    lack: Callable[[], str]


def _made(kind: Callable[..., Any], context: MetricContext) -> Metric:
    metric: Metric = kind(data_range=context.data_range)
    return metric


KNOWN: tuple[Adapter, ...] = (
    Adapter(
        MetricEntry(
            name="flip",
            title=tr("Difference of alternating images"),
            symbol="FLIP",
            make=partial(_made, Flip),
            summary=tr(
                "How much a person sees change when two images alternate in one place: colours "
                "filtered as the eye does at a distance, and edges and points. Measured by its "
                "authors' package; it has no gradient."
            ),
            source=(
                "Andersson, Nilsson, Akenine-Möller, Oskarsson, Åström, Fairchild, Proceedings of "
                "the ACM on Computer Graphics and Interactive Techniques 3(2), 2020"
            ),
            higher_is_better=False,
            best=0.0,
            has_gradient=False,
        ),
        partial(lack_of_package, "FLIP", "flip", "flip_evaluator"),
    ),
    Adapter(
        MetricEntry(
            name="lpips",
            title=tr("Learned perceptual image patch similarity"),
            symbol="LPIPS",
            make=partial(_made, lpips.Lpips),
            summary=tr(
                "Distances between what the layers of a network for recognition see, weighted by "
                "what people judged. Measured by its authors' package through torch, in single "
                "precision."
            ),
            source="Zhang, Isola, Efros, Shechtman, Wang, CVPR 2018",
            higher_is_better=False,
            best=0.0,
        ),
        lpips.lack,
    ),
    Adapter(
        MetricEntry(
            name="dists",
            title=tr("Deep image structure and texture similarity"),
            symbol="DISTS",
            make=partial(_made, dists.Dists),
            summary=tr(
                "Means and covariances of what the layers of a network see are compared, so that "
                "another sample of the same texture counts as alike. Measured by its authors' "
                "package through torch; it has no local map, and the absolute error stands there."
            ),
            source=(
                "Ding, Ma, Wang, Simoncelli, IEEE Transactions on Pattern Analysis and Machine "
                "Intelligence 44(5), 2022"
            ),
            higher_is_better=False,
            best=0.0,
        ),
        dists.lack,
    ),
    Adapter(
        MetricEntry(
            name="cvvdp",
            title="ColorVideoVDP",
            symbol="ColorVideoVDP",
            make=partial(_made, color_video_vdp.ColorVideoVdp),
            summary=tr(
                "Visible differences on a display of known size, distance and light, by models of "
                "contrast sensitivity and masking, in just objectionable differences below 10. "
                "Measured by its authors' package through torch."
            ),
            source=(
                "Mantiuk, Hanji, Ashraf, Asano, Chapiro, ACM Transactions on Graphics 43(4), 2024"
            ),
            higher_is_better=True,
            best=10.0,
            aliases=("colorvideovdp",),
        ),
        color_video_vdp.lack,
    ),
    Adapter(
        MetricEntry(
            name="vmaf",
            title=tr("Video multi-method assessment fusion"),
            symbol="VMAF",
            make=partial(_made, vmaf.Vmaf),
            summary=tr(
                "Information fidelity and lost detail of the luma, joined by a machine fitted to "
                "judgements of video; a pair is one frame, so identical images have about 97. "
                "Measured by FFmpeg; it has no gradient and no map, and the absolute error stands "
                "there."
            ),
            source="Li, Aaron, Katsavounidis, Moorthy, Manohara, Netflix, 2016",
            higher_is_better=True,
            has_gradient=False,
        ),
        vmaf.lack,
    ),
    Adapter(
        MetricEntry(
            name="butteraugli",
            title="Butteraugli",
            symbol="Butteraugli",
            make=partial(_made, butteraugli.Butteraugli),
            summary=tr(
                "Distances in just noticeable differences, by a model of the eye made for JPEG "
                "encoders: the largest one, or their 3-norm. Measured by libjxl's program; it has "
                "no gradient."
            ),
            source="Alakuijala et al., Guetzli, 2017; libjxl",
            higher_is_better=False,
            best=0.0,
            has_gradient=False,
        ),
        butteraugli.lack,
    ),
)

ADAPTERS = KNOWN
"""Those that are looked for; none where what a machine has besides must not matter."""


def offered() -> dict[str, MetricEntry]:
    """Return the entries of those that can run, by name."""
    return {each.entry.name: each.entry for each in ADAPTERS if not each.lack()}


def lacking() -> dict[str, str]:
    """Return for those that cannot run a sentence that says how to get them, by name."""
    return {each.entry.name: sentence for each in ADAPTERS if (sentence := each.lack())}
