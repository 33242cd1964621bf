"""The array types of this room."""

from typing import Any

from numpy.typing import NDArray

# Pixels, whatever their number type: uint8, uint16, float32 or float64 once they are an Image's.
Pixels = NDArray[Any]
