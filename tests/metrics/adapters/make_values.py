"""Make `libjxl.json`: what libjxl's own `ssimulacra2` and `butteraugli_main` say of the pairs.

It is run by hand, never by the tests; Debian has the programs in libjxl-devtools 0.11:

    python -m tests.metrics.adapters.make_values ssimulacra2 butteraugli_main
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2

from ssim_viewer.metrics import MetricContext, catalogue
from tests.metrics.adapters.pairs import pairs

VALUES = Path(__file__).with_name("libjxl.json")


def main(ssimulacra2: str, butteraugli: str) -> None:
    """Write the scores, and print those of SSIMULACRA 2 beside ours."""
    found: dict[str, dict[str, float]] = {}
    for name, (x, y) in pairs().items():
        with tempfile.TemporaryDirectory() as folder:
            paths = [str(Path(folder) / f"{each}.png") for each in "xy"]
            for path, image in zip(paths, (x, y), strict=True):
                cv2.imwrite(path, image if image.ndim == 2 else image[..., ::-1])
            theirs = float(_printed(ssimulacra2, *paths))
            distance = float(_printed(butteraugli, *paths).splitlines()[0])
        ours = catalogue()["ssimulacra2"].make(MetricContext(255.0)).bind(x).value(y)
        print(f"{name:24} {theirs:12.6f} {ours:12.6f} {ours - theirs:+.1e}")  # noqa: T201
        found[name] = {"ssimulacra2": theirs, "butteraugli": distance}
    VALUES.write_text(json.dumps({"made with": "libjxl 0.11.2", "values": found}, indent=1) + "\n")


def _printed(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return done.stdout.strip()


if __name__ == "__main__":
    main(*sys.argv[1:])
