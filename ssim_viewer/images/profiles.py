"""ICC profiles: colours brought to sRGB by LittleCMS, in more than 8 bits."""

from functools import lru_cache
from typing import Literal

import numpy as np

from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

Profile = Literal["convert", "keep"]

_SPACES = {b"RGB ": "rgb", b"GRAY": "gray"}
_SRGB_TOLERANCE = 1.0 / 255.0


def to_srgb(
    pixels: Pixels, profile: bytes, data_range: float, wish: Profile = "convert"
) -> tuple[Pixels, bytes | None, tuple[str, ...]]:
    """Convert pixels with an ICC profile to sRGB (grey to sRGB's grey).

    Parameters
    ----------
    pixels
        (H, W) or (H, W, 3), without alpha.
    profile
        The ICC profile of the file.
    data_range
        The value of white.
    wish
        "convert", or "keep" the numbers and only say so.

    Returns
    -------
    pixels, profile, notes
        float32 in the unit of the input, so that nothing is rounded to 8 bits; colours outside
        sRGB keep values below 0 or above white, by its curve mirrored at 0 (see `_mirrored`). The
        input itself where the profile is sRGB, is
        of another kind than the pixels, or is damaged. The profile is the one that still holds:
        None for sRGB.
    """
    name = profile_name(profile)
    space = _SPACES.get(profile[16:20])
    if space != ("gray" if pixels.ndim == 2 else "rgb"):
        return (
            pixels,
            None,
            (
                tr(
                    "Its colour profile ({name}) does not fit the pixels and was ignored.",
                    name=name,
                ),
            ),
        )
    try:
        if is_srgb(profile):
            return pixels, None, ()
        if wish == "keep":
            note = tr("Its colour profile ({name}) was kept: its colours are not sRGB.", name=name)
            return pixels, profile, (note,)
        unit = np.ascontiguousarray(pixels, np.float32) / np.float32(data_range)
        converted = _transform(unit, profile, space)
    except (ValueError, RuntimeError):
        return pixels, None, (tr("Its colour profile is damaged and was ignored."),)
    note = tr("Its colours were converted to sRGB from its profile ({name}).", name=name)
    return converted * np.float32(data_range), None, (note, *_outside(converted))


def _outside(converted: Pixels) -> tuple[str, ...]:
    """Return a note if samples lie outside sRGB by more than rounding to 8 bits."""
    half = 0.5 / 255
    share = float(np.mean((converted < -half) | (converted > 1 + half)))
    if share == 0:
        return ()
    return (
        tr(
            "{share:.2%} of its samples lie outside sRGB: they keep values below 0 or above white.",
            share=share,
        ),
    )


def difference(reference: bytes | None, distorted: bytes | None) -> tuple[str, ...]:
    """Return a note if two kept profiles differ: equal numbers are then different colours."""
    if reference == distorted:
        return ()
    names = (profile_name(icc) if icc else "sRGB" for icc in (reference, distorted))
    return (
        tr(
            "The colour profiles differ ({names}): equal numbers are different colours "
            "until both are converted to sRGB.",
            names=" and ".join(names),
        ),
    )


def profile_name(profile: bytes) -> str:
    """Return the description in a profile, in one printable line."""
    import io

    from PIL import ImageCms

    try:
        text = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return tr("without a name")
    line = "".join(c if c.isprintable() else " " for c in text).strip()
    return line[:80] or tr("without a name")


@lru_cache(maxsize=32)
def is_srgb(profile: bytes) -> bool:
    """Whether a profile maps colours as sRGB does, to less than half a step of 8 bits."""
    space = _SPACES.get(profile[16:20])
    if space == "gray":
        probe = np.linspace(0, 1, 256, dtype=np.float32)[None]
    elif space == "rgb":
        steps = np.linspace(0, 1, 9, dtype=np.float32)
        probe = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(1, -1, 3)
    else:
        return False
    return bool(np.abs(_transform(probe, profile, space) - probe).max() < _SRGB_TOLERANCE)


def _transform(unit: Pixels, profile: bytes, space: str) -> Pixels:
    import imagecodecs

    converted = np.asarray(
        imagecodecs.cms_transform(
            unit,
            profile,
            imagecodecs.cms_profile("srgb"),
            colorspace=space,
            outcolorspace="rgb",
            outdtype="float32",
        )
    )
    return converted[..., 1] if space == "gray" else _mirrored(converted)


def _mirrored(encoded: Pixels) -> Pixels:
    """Return values below 0 by the curve of sRGB mirrored at 0, as extended sRGB has it.

    LittleCMS goes on below 0 with the slope at 0, 12.92: a saturated green would have a red of -5
    times white, and an MSE that is of nothing else.

    Source: IEC 61966-2-2; CSS Color Module Level 4, "The Predefined sRGB Color Space".
    """
    linear = encoded / np.float32(-12.92)
    below = linear > 0.0031308
    encoded[below] = 0.055 - 1.055 * linear[below] ** (1 / 2.4)
    return encoded
