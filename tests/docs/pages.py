"""The files that a page of docs/ shows, installed as a package beside ssim_viewer."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"

_FILE = re.compile(r"`(?P<name>\w+\.py)`:\n\n```python\n(?P<code>.*?)```", re.DOTALL)
_POINTS = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def install_page(page: str, folder: Path) -> list[str]:
    """Write the Python files of a page and their entry points; return the module names."""
    text = (DOCS / page).read_text(encoding="utf-8")
    files = {match["name"]: match["code"] for match in _FILE.finditer(text)}
    for name, code in files.items():
        (folder / name).write_text(code, encoding="utf-8")
    groups: dict[str, dict[str, str]] = {}
    for block in _POINTS.findall(text):
        for group, points in tomllib.loads(block)["project"]["entry-points"].items():
            groups.setdefault(group, {}).update(points)
    about = folder / "page_of_a_test-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: page-of-a-test\n")
    (about / "entry_points.txt").write_text(
        "\n".join(
            line
            for group, points in groups.items()
            for line in (f"[{group}]", *(f"{name} = {target}" for name, target in points.items()))
        )
    )
    return [Path(name).stem for name in files]
