"""The settings of SSIM as options; what they mean is the metrics room's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from ssim_viewer.cli.values import number, positive, whole_or_auto
from ssim_viewer.images import GivenRange
from ssim_viewer.metrics import PRESETS, Ssim
from ssim_viewer.metrics.luma import Color
from ssim_viewer.metrics.ssim.settings import Border
from ssim_viewer.session.state import DEFAULT_METRIC

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _ActionsContainer

_NAMES = (
    "window",
    "window_size",
    "sigma",
    "k1",
    "k2",
    "data_range",
    "border",
    "exponents",
    "downsample",
    "covariance",
    "color",
    "crop",
    "taps",
    "stride",
    "across_channels",
)


def add_metric_options(parser: ArgumentParser) -> None:
    """Add one option for each setting of `Ssim`, and presets that the others then change."""
    group = parser.add_argument_group(
        "metric", "Settings of SSIM; without any, those of Wang et al. (2004) on the luma."
    )
    add = group.add_argument
    add(
        "--preset",
        choices=[*_presets()],
        type=_slug,
        help="start from a known convention; the options below change it",
    )
    add("--window", choices=["gaussian", "uniform"], help="weights of the window")
    add("--window-size", type=int, metavar="N", help="taps along each side (default 11)")
    add("--sigma", type=positive, metavar="PX", help="of the Gaussian, in pixels (default 1.5)")
    add("--k1", type=number, metavar="K", help="C1 = (K1 L)² (default 0.01; may be 0)")
    add("--k2", type=number, metavar="K", help="C2 = (K2 L)² (default 0.03; may be 0)")
    add_range_options(group)
    add(
        "--border",
        choices=get_args(Border),
        help="windows inside the image only, or one for each pixel (default valid)",
    )
    add(
        "--exponents",
        type=float,
        nargs=3,
        metavar=("A", "B", "C"),
        help="of luminance, contrast and structure (default 1 1 1)",
    )
    add(
        "--downsample",
        type=whole_or_auto,
        metavar="N|auto",
        help="shrink both images first (default 1); auto-pool: in whole boxes, as piq does",
    )
    add("--covariance", choices=["population", "sample"], help="(default population)")
    add(
        "--color",
        choices=get_args(Color),
        help="of colour images: mean of the channels' SSIM, or SSIM of the luma: BT.601, rounded "
        "as MATLAB's rgb2gray, BT.601 in studio range, or BT.709 (default luma)",
    )
    add(
        "--taps",
        type=number,
        nargs="+",
        metavar="W",
        help="weights of your own along each side, the same from both ends",
    )
    add("--stride", type=int, metavar="N", help="only every so manieth window counts (default 1)")
    add(
        "--across-channels",
        action="store_true",
        default=None,
        help="let the window reach over the channels of colour too, as MathWorks' ssim of RGB",
    )
    add("--crop", type=int, metavar="PX", help="leave out a border of so many pixels (default 0)")


def add_range_options(group: _ActionsContainer) -> None:
    """Add what a person may say of the data range."""
    add = group.add_argument
    add(
        "--data-range",
        type=positive,
        metavar="L",
        help="white minus black: nothing is guessed and no image is rescaled (default: from the "
        "type, 255 or 65535; of floats it is guessed from both images: 1, 255 or 65535)",
    )
    for image in ("reference", "distorted"):
        add(
            f"--{image}-white",
            type=positive,
            metavar="V",
            help=f"the value of white in the {image} image, which is rescaled to the data range",
        )


def range_as_options(given: GivenRange) -> str:
    """Return what was said of the range as it is typed."""
    values = (given.data_range, given.reference_white, given.distorted_white)
    names = ("--data-range", "--reference-white", "--distorted-white")
    said = zip(names, values, strict=True)
    return " ".join(f"{name} {value:g}" for name, value in said if value is not None)


def given_range(options: Namespace) -> GivenRange:
    """Return what was said of the data range."""
    return GivenRange(options.data_range, options.reference_white, options.distorted_white)


def metric_from(options: Namespace, data_range: float) -> Ssim:
    """Return the metric asked for.

    ``data_range`` is the image's and stands unless another one was given.

    Raises
    ------
    MetricError
        If a setting is out of its range.
    """
    base = DEFAULT_METRIC if options.preset is None else _presets()[options.preset]
    given = {name: getattr(options, name) for name in _NAMES}
    changes = {name: value for name, value in given.items() if value is not None}
    return replace(base, **{"data_range": data_range, **changes})


def _presets() -> dict[str, Ssim]:
    return {_slug(name): preset for name, preset in PRESETS.items()}


def _slug(name: str) -> str:
    return "-".join(name.lower().split())
