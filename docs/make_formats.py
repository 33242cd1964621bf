"""Make ``docs/formats.md`` from the table of formats: ``python docs/make_formats.py``."""

import sys
from pathlib import Path

from ssim_viewer.images.formats import FORMATS

_PAGE = Path(__file__).with_name("formats.md")
_HEAD = """\
# What is read from which format

Made by `python docs/make_formats.py` from `ssim_viewer/images/formats.py`; do not edit it here.

| Format | Suffixes | What is read | Decoder | Checked against |
|---|---|---|---|---|
"""
_FOOT = """
*Collected cases* are 143 small files with the pixels that an independent reader found in them;
`tests/images/test_cases.py` goes over all of them, `tests/images/test_deep_and_rare.py` and
`tests/images/test_decoding.py` over files written by the encoders named here.

**Which picture.** `FILE#2` means the second page, frame, layer or array, `FILE#name` the one of
this name; `ssim_viewer.images.list_pictures` returns the names. Thumbnails and reduced copies do
not count.

**Units.** Samples of fewer bits than 8 or 16 are scaled to the full range of 8 or 16 bits, and a
note says so. Signed integers of 8 and 16 bits are shifted to begin at 0. Integers above 16 bits are
read as doubles in their own unit, half floats as floats. Values are never cut to 8 bits unsaid.

**Transparency** is alpha that the file calls alpha; any other band beyond grey or RGB is left out,
and a note names it. **Orientation** is applied. **Colour profiles** are kept or converted to sRGB
(LittleCMS, in floats), as asked; a note names a profile that is not sRGB.

**Damage.** A truncated file is refused. `python -m stress files --count 20000` decodes mutated
files and fails if anything but an image or one sentence comes out.
"""


def page() -> str:
    """Return the page as text."""
    rows = (
        f"| {known.name} | {' '.join(known.suffixes)} | {known.holds} | {known.decoder} | "
        f"{known.checked} |\n"
        for known in FORMATS
    )
    return _HEAD + "".join(rows) + _FOOT


if __name__ == "__main__":
    _PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{_PAGE.name}: {len(FORMATS)} formats\n")
