"""All maps by their ids: the built-in ones, and those that other packages bring.

A package brings a map through an entry point of the group "ssim_viewer.maps" that names a
`MapSpec`. One that fails to load is left out and named in `broken_maps`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.maps.builtin_maps import BUILT_IN_MAPS
from ssim_viewer.metrics.maps.spec import MapSpec
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP = "ssim_viewer.maps"


@dataclass(frozen=True, slots=True)
class _Found:
    maps: Mapping[str, MapSpec]
    broken: Mapping[str, str]


def map_table() -> Mapping[str, MapSpec]:
    """Return every map by its id, the built-in ones first, in the order of their keys."""
    return find_maps().maps


def plugin_maps() -> Mapping[str, MapSpec]:
    """Return the maps that other packages bring, by their ids."""
    return {name: spec for name, spec in map_table().items() if name not in BUILT_IN_MAPS}


def broken_maps() -> Mapping[str, str]:
    """Return a sentence for every map that was left out, by the name of its entry point."""
    return find_maps().broken


def get_map(name: str) -> MapSpec:
    """Return the map with an id; case, spaces and dashes make no difference.

    Raises
    ------
    MetricError
        There is none; the sentence names those there are.
    """
    wanted = _plain(name)
    for spec in map_table().values():
        if wanted == _plain(spec.id):
            return spec
    raise MetricError(
        tr("There is no map {name!r}; there are {names}.", name=name, names=", ".join(map_table()))
    )


@cache
def find_maps() -> _Found:
    """Return what is installed; the answer is kept."""
    maps: dict[str, MapSpec] = {str(key): spec for key, spec in BUILT_IN_MAPS.items()}
    broken: dict[str, str] = {}
    for point in entry_points(group=GROUP):
        try:
            found = point.load()
            if not isinstance(found, MapSpec) or found.compute is None:
                raise TypeError(  # noqa: TRY301
                    tr("it is a {name}, not a MapSpec that computes", name=type(found).__name__)
                )
            if _plain(found.id) in {_plain(name) for name in maps}:
                raise ValueError(tr("there is a map {id!r} already", id=found.id))  # noqa: TRY301
        except Exception as error:  # a package of somebody else may raise anything
            broken[point.name] = tr(
                "The map “{name}” could not be loaded: {error}.", name=point.name, error=error
            )
        else:
            maps[found.id] = found
    return _Found(MappingProxyType(maps), MappingProxyType(broken))


def _plain(name: str) -> str:
    return "".join(name.replace("-", " ").replace("_", " ").split()).casefold()
