"""The natural logarithm in compiled loops, which become vectors."""

from __future__ import annotations

from typing import Any

import numpy as np

from ssim_viewer.compute.jit import EXACT, compiled


@compiled(fastmath=EXACT, inline=True)
def logarithm(x: Any) -> Any:
    """Return the natural logarithm of a finite number above 1e-300; of others NaN or nonsense.

    As FreeBSD's `e_log.c` (Sun Microsystems, 1993) has it, to less than a unit in the last place,
    but without branches, so that loops over it become vectors.
    """
    bits = np.float64(x).view(np.int64)
    exponent = (bits - 0x3FE6A09E667F3BCD) >> 52  # of numbers from the root of 1/2 on
    f = np.int64(bits - (exponent << 52)).view(np.float64) - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332))
    even = w * (0.1818357216161805012 + w * 0.1479819860511658591)
    even = z * (0.6666666666666735130 + w * (0.2857142874366239149 + even))
    half = 0.5 * f * f
    n = np.float64(exponent)
    low = s * (half + (odd + even)) + n * 1.90821492927058770002e-10
    return n * 6.93147180369123816490e-01 - ((half - low) - f)
