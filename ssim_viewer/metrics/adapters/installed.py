"""Whether what an adapter needs is there, asked without importing it or starting it."""

from __future__ import annotations

import os
import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ssim_viewer.text import tr


def lack_of_package(symbol: str, extra: str, *packages: str) -> str:
    """Return a sentence that says how to get the packages of an extra, "" where they are there."""
    missing = [package for package in packages if not _is_there(package)]
    if not missing:
        return ""
    return tr(
        "{symbol} is offered once {packages} can be imported: pip install 'ssim-viewer[{extra}]'.",
        symbol=symbol,
        packages=", ".join(missing),
        extra=extra,
    )


def lack_of_weights(symbol: str, file: str) -> str:
    """Return a sentence on a file of weights that torch has not got, "" where it has.

    Weights are never downloaded from here.
    """
    path = weights_folder() / file
    if path.is_file():
        return ""
    return tr(
        "{symbol} is offered once its weights lie in {path}: they are torchvision's, and its own "
        "models bring them there. The folder is torch's, which TORCH_HOME may name.",
        symbol=symbol,
        path=path,
    )


def weights_folder() -> Path:
    """Return where torch keeps weights, as `torch.hub` finds it."""
    cache_home = os.environ.get("XDG_CACHE_HOME", "~/.cache")
    home = os.environ.get("TORCH_HOME", str(Path(cache_home) / "torch"))
    return Path(home).expanduser() / "hub" / "checkpoints"


def program(name: str) -> Path | None:
    """Return a program of the path, None where it is not there."""
    found = shutil.which(name)
    return Path(found) if found else None


@cache
def _is_there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):
        return False


def package_folder(package: str) -> Path | None:
    """Return where a package lies, without importing it."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec is not None else None
    return Path(next(iter(places))) if places else None
