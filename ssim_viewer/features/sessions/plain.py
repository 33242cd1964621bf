"""Between frozen data and what JSON can hold, by cattrs; recipes are told apart by their kinds."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, cast, get_type_hints

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn

from ssim_viewer.features.sessions.saved import SavedSession
from ssim_viewer.images.recipe import Recipe
from ssim_viewer.images.resolving import MAKERS
from ssim_viewer.metrics import Ssim


def to_plain(session: SavedSession) -> dict[str, Any]:
    """Return a session as dicts, lists, texts and numbers."""
    return cast("dict[str, Any]", _converter().unstructure(session))


def from_plain(data: object) -> SavedSession:
    """Return the session of such data.

    Raises
    ------
    Exception
        Of many types, for data that `to_plain` did not make.
    """
    return _converter().structure(data, SavedSession)


@cache
def _converter() -> Converter:
    converter = Converter(detailed_validation=False)
    converter.register_unstructure_hook_func(_is_recipe, lambda recipe: _plain(converter, recipe))
    converter.register_structure_hook_func(_is_recipe, lambda data, _kind: _recipe(converter, data))
    converter.register_unstructure_hook(Path, str)
    converter.register_structure_hook(Path, lambda text, _kind: Path(text))
    factor = get_type_hints(Ssim)["downsample"]  # a number or one of a few words
    converter.register_structure_hook(
        factor, lambda value, _kind: value if isinstance(value, str) else int(value)
    )
    converter.register_unstructure_hook(factor, lambda value: value)
    return converter


def _is_recipe(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Recipe)


def _plain(converter: Converter, recipe: Recipe) -> dict[str, Any]:
    values = {each.name: getattr(recipe, each.name) for each in fields(recipe) if each.init}
    return {"kind": recipe.kind, **converter.unstructure(values)}


def _recipe(converter: Converter, data: Any) -> Recipe:
    kinds = {each.kind: each for each in MAKERS}
    values = dict(data)
    kind = kinds[values.pop("kind")]
    return make_dict_structure_fn(kind, converter)(values, kind)
