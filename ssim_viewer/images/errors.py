"""What goes wrong with images, said in one sentence to the person who can mend it."""

from ssim_viewer.text import SentenceError, tr


class ImageError(SentenceError):
    """One clear sentence for the person: what is wrong and what to do about it."""


class SizeMismatch(ImageError):  # noqa: N818 - it is a question to the person, not a failure
    """Two images of different sizes, met without a choice of how to align them.

    Attributes
    ----------
    reference_size, distorted_size
        (width, height) in pixels.
    """

    def __init__(self, reference_size: tuple[int, int], distorted_size: tuple[int, int]) -> None:
        self.reference_size = reference_size
        self.distorted_size = distorted_size
        reference, distorted = (
            f"{width}×{height}" for width, height in (reference_size, distorted_size)
        )
        super().__init__(
            tr(
                "The reference is {reference} and the distorted image is {distorted}: choose crop "
                "(to the common part), pad, resize (the distorted one), or register (to where"
                " it lies).",
                reference=reference,
                distorted=distorted,
            )
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.reference_size, self.distorted_size)
