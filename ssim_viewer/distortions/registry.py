"""The catalogue of distortions: the built-in types, and those that other packages bring.

A package brings a type through an entry point of the group "ssim_viewer.distortions" that names a
`DistortionType`. One that fails to load is left out and named in `broken_distortions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.distortions.errors import DistortionError
from ssim_viewer.distortions.spec import DistortionType
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP = "ssim_viewer.distortions"

FAMILIES = (
    *("noise", "blur", "compression", "quantization", "tone", "color", "overlays", "geometry"),
    "resampling",
)
"""The modules of the built-in types, in order; SciPy is loaded with them, when they are needed."""


@dataclass(frozen=True, slots=True)
class _Found:
    types: Mapping[str, DistortionType]
    broken: Mapping[str, str]


def catalogue() -> Mapping[str, DistortionType]:
    """Return every type of distortion by its name, family by family."""
    return find_distortions().types


def broken_distortions() -> Mapping[str, str]:
    """Return a sentence for every type that was left out, by the name of its entry point."""
    return find_distortions().broken


def get_distortion(name: str) -> DistortionType:
    """Return the type with a name.

    Raises
    ------
    DistortionError
        There is none; the sentence says how to list those there are.
    """
    found = catalogue().get(name.replace("-", "_"))
    if found is None:
        raise DistortionError(
            tr(
                "There is no distortion “{name}”; `ssim-viewer distort --list` names all of them.",
                name=name,
            )
        )
    return found


@cache
def find_distortions() -> _Found:
    """Return what is installed; the answer is kept."""
    modules = (import_module(f"ssim_viewer.distortions.types.{family}") for family in FAMILIES)
    types: dict[str, DistortionType] = {
        each.name: each for module in modules for each in module.TYPES
    }
    broken: dict[str, str] = {}
    for point in entry_points(group=GROUP):
        try:
            found = point.load()
            if not isinstance(found, DistortionType):
                raise TypeError(  # noqa: TRY301
                    tr("it is a {name}, not a DistortionType", name=type(found).__name__)
                )
            if found.name in types:
                raise ValueError(tr("there is a distortion “{name}” already", name=found.name))  # noqa: TRY301
        except Exception as error:  # a package of somebody else may raise anything
            broken[point.name] = tr(
                "The distortion “{name}” could not be loaded: {error}.",
                name=point.name,
                error=error,
            )
        else:
            types[found.name] = found
    return _Found(MappingProxyType(types), MappingProxyType(broken))
