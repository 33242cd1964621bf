"""Reading the images of a message on a worker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.images import Image, ImageError, image_from_array, read_image
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.images import Profile
    from ssim_viewer.remote.protocol import Message, Picture


@dataclass(frozen=True, slots=True, eq=False)
class ReadImages:
    """The images of a message.

    Attributes
    ----------
    number
        Which client sent it.
    """

    message: Message
    number: int
    profile: Profile = "keep"

    def __call__(self) -> tuple[Image | None, tuple[Image, ...]]:
        """Return the reference, if there is one, and the distorted images."""
        message = self.message
        reference = None
        if message.reference is not None:
            reference = self._image(message.reference, message.reference_name or tr("Reference"))
        name = message.name or tr("Distorted")
        several = len(message.distorted) > 1
        images = (
            self._image(each, f"{name} {number}" if several else name, named=bool(message.name))
            for number, each in enumerate(message.distorted, 1)
        )
        return reference, tuple(images)

    def _image(self, picture: Picture, name: str, *, named: bool = False) -> Image:
        if picture.path is not None:
            image = read_image(picture.path, profile=self.profile)
            return replace(image, name=name) if named else image
        array = _loaded(picture.npy) if picture.npy is not None else _shared(picture)
        return image_from_array(array, name, data_range=picture.data_range)


def _loaded(path: Path) -> NDArray[Any]:
    try:
        return np.asarray(np.load(path, allow_pickle=False))
    except (OSError, ValueError, EOFError, MemoryError) as error:
        raise ImageError(
            tr("“{name}” is no array that can be read ({error}).", name=path.name, error=error)
        ) from None


def _shared(picture: Picture) -> NDArray[Any]:
    """Return a copy of an array in the shared memory of another program."""
    try:
        dtype = np.dtype(picture.dtype)
        memory = SharedMemory(picture.shared_memory)
    except (OSError, ValueError, TypeError) as error:
        text = tr(
            "The shared memory “{shared_memory}” cannot be read ({error}).",
            shared_memory=picture.shared_memory,
            error=error,
        )
        raise ImageError(text) from None
    try:
        # It belongs to the other program: nothing here shall remove it.
        resource_tracker.unregister(f"/{memory.name.lstrip('/')}", "shared_memory")
        wanted = int(np.prod(picture.shape, dtype=np.int64)) * dtype.itemsize
        if dtype.hasobject or wanted > memory.size:
            raise ImageError(
                tr(
                    "The shared memory “{shared_memory}” holds {size} bytes; "
                    "{dtype} of this shape needs {wanted}.",
                    shared_memory=picture.shared_memory,
                    size=memory.size,
                    dtype=dtype,
                    wanted=wanted,
                )
            )
        return np.array(np.ndarray(picture.shape, dtype, buffer=memory.buf))
    finally:
        memory.close()
