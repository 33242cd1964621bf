"""Make the distorted versions of camera.png: five errors as different as can be, exactly one MSE.

Run from anywhere: ``python resources/make_samples.py``. After the demonstration in Wang, Bovik,
Sheikh, Simoncelli, IEEE TIP 13(4), 2004, figure 2.
"""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

FOLDER = Path(__file__).parent / "samples"
# JPEG quality has steps: its MSE, at quality 3, is the one that the others are solved for.
JPEG_QUALITY = 3

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]


def rounded(pixels: Floats) -> Bytes:
    """Return displayable pixels."""
    return np.clip(np.rint(pixels), 0, 255).astype(np.uint8)


def mean_squared_error(reference: Bytes, distorted: Bytes) -> float:
    """Return the MSE of two 8-bit images."""
    return float(np.mean((reference.astype(np.float64) - distorted) ** 2))


def with_squared_error(reference: Bytes, distorted: Bytes, wanted: int, seed: int) -> Bytes:
    """Return the image with exactly a sum of squared errors: a few pixels move by one level."""
    reached = distorted.astype(np.int64).ravel()
    exact = reference.astype(np.int64).ravel()
    lacking = wanted - int(np.sum((reached - exact) ** 2))
    for place in np.random.default_rng(seed).permutation(exact.size):
        if lacking == 0:
            break
        error = int(reached[place] - exact[place])
        away = 1 if error >= 0 else -1
        move = away if lacking > 0 else -away
        change = (error + move) ** 2 - error**2
        if (
            change * lacking > 0
            and abs(change) <= abs(lacking)
            and 0 <= reached[place] + move <= 255
        ):
            reached[place] += move
            lacking -= change
    return reached.astype(np.uint8).reshape(reference.shape)


def main() -> None:
    """Write camera-jpeg.png and the four others beside camera.png."""
    camera = np.asarray(cv2.imread(str(FOLDER / "camera.png"), cv2.IMREAD_GRAYSCALE), np.uint8)
    exact = camera.astype(np.float64)
    _, packed = cv2.imencode(".jpg", camera, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    jpeg = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    wanted = mean_squared_error(camera, jpeg)
    random = np.random.default_rng(2004)
    noise = random.standard_normal(camera.shape)
    # A shift of 15.3 grey levels, or a stretch by a few percent, exists in 8 bits only where
    # rounding is left to chance.
    dither = random.uniform(-0.5, 0.5, camera.shape)
    families: dict[str, tuple[Callable[[float], Floats], float, float]] = {
        "blur": (lambda s: np.asarray(cv2.GaussianBlur(exact, (0, 0), s), np.float64), 0.3, 9.0),
        "noise": (lambda s: exact + s * noise, 0.0, 60.0),
        "contrast": (lambda s: exact.mean() + (1 + s) * (exact - exact.mean()) + dither, 0.0, 1.0),
        "shift": (lambda s: exact + s + dither, 0.0, 60.0),
    }
    made = {"jpeg": jpeg}
    for name, (distort, low, high) in families.items():

        def excess(strength: float, distort: Callable[[float], Floats] = distort) -> float:
            return mean_squared_error(camera, rounded(distort(strength))) - wanted

        close = rounded(distort(float(brentq(excess, low, high, xtol=1e-6))))
        made[name] = with_squared_error(camera, close, round(wanted * camera.size), seed=2004)
    for name, pixels in made.items():
        cv2.imwrite(str(FOLDER / f"camera-{name}.png"), pixels, [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    main()
