"""Bring the translations up to date: ``python docs/make_translations.py [LANGUAGE …]``.

Every file in ``resources/translations`` gets the texts of the program that it has not yet, keeps
what was translated, and is made ready for the window (``.ts`` to ``.qm``). A language that is named
and not there is begun.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "translations"


def update(file: Path) -> None:
    """Bring one language up to date, and make the file that the window reads."""
    files = sorted(str(each.relative_to(ROOT)) for each in (ROOT / "ssim_viewer").rglob("*.py"))
    language = file.stem.removeprefix("ssim_viewer_")
    languages = ("-source-language", "en", "-target-language", language)
    _tool("lupdate", "-locations", "none", *languages, *files, "-ts", str(file))
    _tool("lrelease", str(file), "-qm", str(file.with_suffix(".qm")))


def _tool(name: str, *arguments: str) -> None:
    tool = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(tool), *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    begun = {FOLDER / f"ssim_viewer_{name}.ts" for name in sys.argv[1:]}
    for each in sorted({*begun, *FOLDER.glob("ssim_viewer_*.ts")}):
        update(each)
