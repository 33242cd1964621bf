"""The family as entries of the catalogue; each is imported when it is used for the first time."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ssim_viewer.metrics.builtin_metrics import MetricContext, MetricEntry
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.metrics.protocol import Metric


def _maker(module: str, name: str, **settings: Any) -> Callable[[MetricContext], Metric]:
    """Return what makes a metric for the range and the luma of a context."""

    def make(context: MetricContext) -> Metric:
        kind = getattr(import_module(f"ssim_viewer.metrics.family.{module}"), name)
        given = {"data_range": context.data_range, "color": context.color, **settings}
        fields = kind.__dataclass_fields__
        metric: Metric = kind(**{key: value for key, value in given.items() if key in fields})
        return metric

    return make


FAMILY: tuple[MetricEntry, ...] = (
    MetricEntry(
        name="ms-gmsd",
        title=tr("Multi-scale gradient magnitude similarity deviation"),
        symbol="MS-GMSD",
        make=_maker("ms_gmsd", "MsGmsd"),
        summary=(
            tr(
                "GMSD at four scales from full size on, with less weight for errors on strong "
                "edges: the root of Σ wⱼ var qⱼ."
            )
        ),
        source="Zhang, Sander, Bermak, ICASSP 2017",
        higher_is_better=False,
        best=0.0,
    ),
    MetricEntry(
        name="iw-ssim",
        title=tr("Information content weighted SSIM"),
        symbol="IW-SSIM",
        make=_maker("iw_ssim", "IwSsim"),
        summary=(
            tr(
                "Bands of a Laplacian pyramid are compared by contrast and structure; each window "
                "counts by the bits that the two images share in it with a noisy eye. It needs "
                "images of 161 × 161 and more."
            )
        ),
        source="Wang, Li, IEEE Transactions on Image Processing 20(5), 2011",
        higher_is_better=True,
        best=1.0,
    ),
    MetricEntry(
        name="fsim",
        title=tr("Feature similarity"),
        symbol="FSIM",
        make=_maker("fsim", "Fsim", chroma=False),
        summary=(
            tr(
                "Phase congruency, which is high where waves of all scales meet in phase as at "
                "edges and lines, and gradients are compared, and the former is the weight: FSIM "
                "= Σ S_PC S_G PC / Σ PC."
            )
        ),
        source="Zhang, Zhang, Mou, Zhang, IEEE Transactions on Image Processing 20(8), 2011",
        higher_is_better=True,
        best=1.0,
    ),
    MetricEntry(
        name="fsimc",
        title=tr("Feature similarity with colour"),
        symbol="FSIMc",
        make=_maker("fsim", "Fsim", chroma=True),
        summary=(
            tr("FSIM times (S_I S_Q)^0.03, the similarity of I and Q of YIQ; of grey images, FSIM.")
        ),
        source="Zhang, Zhang, Mou, Zhang, IEEE Transactions on Image Processing 20(8), 2011",
        higher_is_better=True,
        best=1.0,
    ),
    MetricEntry(
        name="vif",
        title=tr("Visual information fidelity, pixel domain"),
        symbol="VIFp",
        make=_maker("vif", "Vif"),
        summary=(
            tr(
                "How many bits of the reference a noisy eye can still find in the image, over "
                "those it finds in the reference, in windows at four scales. More contrast gives "
                "more than 1."
            )
        ),
        source="Sheikh, Bovik, IEEE Transactions on Image Processing 15(2), 2006",
        higher_is_better=True,
        best=1.0,
        aliases=("vifp",),
    ),
    MetricEntry(
        name="haarpsi",
        title=tr("Haar wavelet-based perceptual similarity"),
        symbol="HaarPSI",
        make=_maker("haarpsi", "HaarPsi"),
        summary=(
            tr(
                "Haar coefficients of two fine scales are compared, and those of a third one are "
                "the weights; with colour, chroma too. A logistic function makes large errors "
                "alike."
            )
        ),
        source=(
            "Reisenhofer, Bosse, Kutyniok, Wiegand, Signal Processing: Image Communication 61, 2018"
        ),
        higher_is_better=True,
        best=1.0,
    ),
    MetricEntry(
        name="nlpd",
        title=tr("Normalized Laplacian pyramid distance"),
        symbol="NLPD",
        make=_maker("nlpd", "Nlpd"),
        summary=(
            tr(
                "Local means are taken off at six scales and what is left is divided by the "
                "activity around, as early vision may do; the score is the mean distance over the "
                "scales."
            )
        ),
        source="Laparra, Ballé, Berardino, Simoncelli, Human Vision and Electronic Imaging 2016",
        higher_is_better=False,
        best=0.0,
    ),
    MetricEntry(
        name="ssimulacra2",
        title="SSIMULACRA 2",
        symbol="SSIMULACRA 2",
        make=_maker("ssimulacra2", "Ssimulacra2"),
        summary=(
            tr(
                "Errors of structure, artefacts and lost detail in the colour space XYB at six "
                "scales, 54 maps, with 108 weights fitted to judgements of compressed images. 90 "
                "looks the same, 70 is high, 50 medium, 30 low quality; it has no lowest value."
            )
        ),
        source="Sneyers, SSIMULACRA 2.1, libjxl, 2023",
        higher_is_better=True,
        best=100.0,
    ),
)
