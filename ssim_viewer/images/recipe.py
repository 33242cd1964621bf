"""How an image was made, as frozen data: enough to make it again."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ssim_viewer.images.profiles import Profile
from ssim_viewer.images.types import Pixels


@dataclass(frozen=True)
class Recipe:
    """The base of all recipes. Rooms above add their own, such as a chain of distortions.

    A recipe is hashable. Equal recipes make equal images; `resolving` makes them.

    Attributes
    ----------
    kind
        What it is called in a file; "" for one that is not written.
    """

    kind: ClassVar[str] = ""

    def frozen(self) -> "Recipe":
        """Return the recipe as data alone; one that holds images says how those are made."""
        return self

    def makes(self, _pixels: Pixels) -> bool:
        """Whether these are still the pixels that it makes."""
        return True

    def sources(self) -> tuple[Any, ...]:
        """Return the images that it holds and that its image was made from."""
        return ()


@dataclass(frozen=True)
class SourceRecipe(Recipe):
    """The base of recipes of images that were not made from others."""


@dataclass(frozen=True)
class FileRecipe(SourceRecipe):
    """An image file.

    Attributes
    ----------
    path
        As it was opened: ``FILE``, or ``FILE#2`` for a page, frame, layer or array.
    profile
        "keep" or "convert": what is done with an ICC profile.
    background
        The grey under transparency, as a fraction of the data range.
    size, mtime_ns
        Bytes of the file, and when it was last changed, in nanoseconds since 1970.
    """

    kind: ClassVar[str] = "file"

    path: Path
    profile: Profile = "keep"
    background: float = 0.5
    size: int = 0
    mtime_ns: int = 0


@dataclass(frozen=True)
class SampleRecipe(SourceRecipe):
    """A sample that comes with the program."""

    kind: ClassVar[str] = "sample"

    name: str


@dataclass(frozen=True)
class PixelsRecipe(SourceRecipe):
    """Pixels that have no file, such as a pasted image: they are kept beside the recipe.

    Attributes
    ----------
    digest
        Of the pixels: by it they are found.
    alpha_digest
        Of the pixels before they were composited, or "".
    """

    kind: ClassVar[str] = "pixels"

    digest: str
    name: str
    data_range: float
    notes: tuple[str, ...] = ()
    bits: int | None = None
    stored: str = ""
    guessed_from: float | None = None
    alpha_digest: str = ""
    premultiplied: bool = False
    path: str = ""
    scene_referred: bool = False
