"""Make ``docs/conventions.md`` from the table of conventions: ``python docs/make_conventions.py``.

Stored values are those of `tests/metrics/conventions/values.json`, which says how they were made.
"""

import json
import sys
from pathlib import Path

from ssim_viewer.metrics import CONVENTIONS
from tests.metrics.conventions.pairs import pairs
from tests.metrics.conventions.test_conventions import GREY_ONLY, ORIGINS

_PAGE = Path(__file__).with_name("conventions.md")
_VALUES = Path(__file__).parents[1] / "tests/metrics/conventions/values.json"
_HEAD = """\
# Which SSIM is this?

Made by `python docs/make_conventions.py` from `ssim_viewer/metrics/conventions.py`; do not edit it
here.

One pair, and what every program says of it: scikit-image's `camera` (grey) or `astronaut` (colour)
against itself with noise, 20 · N(0, 1) from `RandomState(5)`, clipped and cast to 8 bits. *Stored*
was computed by the program itself, or by Octave from the formulas of the authors' published code;
*ours* by this program. `tests/metrics/conventions` holds both against each other, on four pairs,
and says how stored values are made anew. `ssim-viewer score x.png y.png --conventions` prints the
same for any pair, and *Which SSIM is this?* in the menu Metric shows it beside the images.

| Convention | Pair | Stored | Ours | What differs | Settings | Origin |
|---|---|---|---|---|---|---|
"""
_FOOT = """
Programs in single precision (TensorFlow, OpenCV, the weights of pytorch-msssim) agree to 1e-5,
ffmpeg to the six digits that it prints, all others to 1e-11. ImageMagick's number is stored as it
prints it, (1 − SSIM) / 2, and turned back here. MathWorks' function is not run here: its stored
values are Octave's, by the procedure of its documentation.

Versions: {versions}.
"""


def page() -> str:
    """Return the page as text."""
    stored = json.loads(_VALUES.read_text(encoding="utf-8"))
    images = pairs()
    rows = []
    for each in CONVENTIONS:
        pair = "grey" if each.name in GREY_ONLY else "colour"
        group, key, _ = ORIGINS[each.name]
        value = stored["values"][pair][group][key]
        if each.name == "ImageMagick":
            value = 1 - 2 * value
        x, y = images[pair]
        ours = each.made(255.0).bind(x).value(y)
        words = each.made(255.0).describe().replace("|v|", "abs(v)")
        rows.append(
            f"| {each.name} | {pair} | {value:.9f} | {ours:.9f} | {each.difference} | {words} "
            f"| `{each.origin}` |\n"
        )
    versions = ", ".join(f"{name} {number}" for name, number in stored["versions"].items())
    return _HEAD + "".join(rows) + _FOOT.format(versions=versions)


if __name__ == "__main__":
    _PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{_PAGE.name}: {len(CONVENTIONS)} conventions\n")
