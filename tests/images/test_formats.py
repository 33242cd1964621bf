"""The table of formats: its page, its suffixes, and when its libraries are imported."""

import runpy
import subprocess
import sys
from pathlib import Path

from ssim_viewer.images.formats import FORMATS, READABLE_SUFFIXES, format_of
from tests.images.encoded import WHOLE_FILES, whole_file

_DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_formats_is_the_one_that_its_command_makes() -> None:
    made = runpy.run_path(str(_DOCS / "make_formats.py"))["page"]()
    assert (_DOCS / "formats.md").read_text(encoding="utf-8") == made


def test_every_suffix_stands_once() -> None:
    assert len(READABLE_SUFFIXES) == len(set(READABLE_SUFFIXES))
    assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in READABLE_SUFFIXES)


def test_every_format_has_a_codec() -> None:
    assert all(callable(known.load().read) for known in FORMATS)


def test_formats_are_known_by_their_bytes_whatever_their_name() -> None:
    for name in WHOLE_FILES:
        known = format_of(whole_file(name), "no suffix")
        assert known is not None, name


def test_no_decoder_is_imported_before_a_file_of_its_kind_is_opened() -> None:
    program = (
        "import sys, ssim_viewer.images\n"
        "print([m for m in ('PIL', 'tifffile', 'imagecodecs', 'OpenImageIO') if m in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"
