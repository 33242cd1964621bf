"""OpenEXR through OpenImageIO: half and float, every part and layer of it by number or name."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ssim_viewer.images.codecs import exr_chroma, oiio
from ssim_viewer.images.codecs.decoded import BadFile, Decoded, chosen
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from OpenImageIO import ImageInput, ImageSpec

_ORDER = {name: at for at, name in enumerate(("R", "G", "B", "Y", "A"))}
_MOST_PARTS = 1000


class _Layer(NamedTuple):
    """Channels of one part that make a picture: grey, grey and alpha, RGB or RGBA."""

    name: str
    part: int
    channels: tuple[int, ...]


def read(data: bytes, which: str | None) -> Decoded:
    """Decode one layer: the first is the picture that other programs show."""
    if exr_chroma.is_luma_chroma(data):
        chosen(("RGB",), which, "layers")
        return exr_chroma.read(data)
    with oiio.opened(data, ".exr") as source:
        if source.spec().deep:
            return _flattened(data, which)
        layers = _layers(source)
        at = chosen(tuple(layer.name for layer in layers), which, "layers")
        layer = layers[at]
        source.seek_subimage(layer.part, 0)
        spec = source.spec()
        first, end = min(layer.channels), max(layer.channels) + 1
        pixels = oiio.pixels_of(source, first, end, layer.part)
        if pixels.ndim == 3:
            pixels = pixels[:, :, [channel - first for channel in layer.channels]]
        if pixels.ndim == 3 and pixels.shape[2] == 1:
            pixels = pixels[:, :, 0]
        return Decoded(
            np.ascontiguousarray(pixels),
            premultiplied=True,  # as OpenEXR says
            scene_referred=_is_light(layer, spec),
            stored={"half": "float16", "float": "float32"}.get(str(spec.format), str(spec.format)),
            page=at + 1,
            page_count=len(layers),
            frames="layers",
            names=tuple(each.name for each in layers),
            notes=_window_note(spec),
        )


def _flattened(data: bytes, which: str | None) -> Decoded:
    """Decode a deep image: the samples of each pixel are laid over each other, by their depth."""
    pixels, spec = oiio.flattened(data, ".exr")
    layers = _layers_of_part(spec, 0, "")
    if not layers:
        raise BadFile(tr("holds no channels that make a picture; choose another file"))
    at = chosen(tuple(layer.name for layer in layers), which, "layers")
    shown = pixels[:, :, list(layers[at].channels)]
    return Decoded(
        np.ascontiguousarray(shown[:, :, 0] if shown.shape[2] == 1 else shown),
        premultiplied=True,
        scene_referred=_is_light(layers[at], spec),
        stored="float32",
        page=at + 1,
        page_count=len(layers),
        frames="layers",
        names=tuple(each.name for each in layers),
        notes=(tr("It is deep: the samples of each pixel were laid over each other."),),
    )


def names(data: bytes) -> tuple[str, ...]:
    """Return the names of the layers of all parts."""
    if exr_chroma.is_luma_chroma(data):
        return ("RGB",)
    with oiio.opened(data, ".exr") as source:
        if source.spec().deep:
            return tuple(layer.name for layer in _layers_of_part(source.spec(), 0, ""))
        return tuple(layer.name for layer in _layers(source))


def _layers(source: "ImageInput") -> list[_Layer]:
    found: list[_Layer] = []
    part = 0
    while part < _MOST_PARTS and source.seek_subimage(part, 0):
        spec = source.spec()
        title = oiio.attribute(spec, "oiio:subimagename")
        found += _layers_of_part(spec, part, title if isinstance(title, str) else "")
        part += 1
    if not found:
        raise BadFile(tr("holds no channels that make a picture; choose another file"))
    counts: dict[str, int] = {}
    unique = []
    for layer in found:
        counts[layer.name] = counts.get(layer.name, 0) + 1
        n = counts[layer.name]
        unique.append(layer if n == 1 else layer._replace(name=f"{layer.name} ({n})"))
    return unique


def _layers_of_part(spec: "ImageSpec", part: int, title: str) -> list[_Layer]:
    groups: dict[str, dict[str, int]] = {}
    for at, name in enumerate(spec.channelnames):
        layer, _, channel = name.rpartition(".")
        groups.setdefault(layer, {})[channel] = at
    layers: list[_Layer] = []
    for layer, channels in groups.items():
        layers += _pictures(layer or title, channels, part)
    return layers


def _pictures(layer: str, channels: dict[str, int], part: int) -> list[_Layer]:
    """Return the colour picture of a layer first, then each channel that is no part of it."""
    upper = {name.upper(): at for name, at in channels.items()}
    colour: list[str] = [name for name in ("R", "G", "B") if name in upper]
    if len(colour) < 3:
        colour = ["Y"] if "Y" in upper else []
    found = []
    if colour:
        picture = [*colour, "A"] if "A" in upper else colour
        found.append(
            _Layer(layer or "".join(picture), part, tuple(upper[name] for name in picture))
        )
    for name, at in channels.items():
        if not colour or name.upper() not in {*colour, "A"}:
            found.append(_Layer(f"{layer}.{name}" if layer else name, part, (at,)))
    return found


def _is_light(layer: _Layer, spec: "ImageSpec") -> bool:
    """Whether a layer is colour or luminance, and not depth or other data."""
    names = [spec.channelnames[channel] for channel in layer.channels]
    return len(names) > 2 or names[0].rpartition(".")[2].upper() == "Y"


def _window_note(spec: "ImageSpec") -> tuple[str, ...]:
    if (spec.x, spec.y, spec.width, spec.height) == (
        spec.full_x, spec.full_y, spec.full_width, spec.full_height,
    ):  # fmt: skip
        return ()
    return (
        tr(
            "Its data window is shown, {width}×{height} at ({x}, {y}); its "
            "display window is {full_width}×{full_height}.",
            width=spec.width,
            height=spec.height,
            x=spec.x,
            y=spec.y,
            full_width=spec.full_width,
            full_height=spec.full_height,
        ),
    )
