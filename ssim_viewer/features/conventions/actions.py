"""What a person can want of the conventions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class TypeScore:
    """Light the conventions that agree with a number, as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class ExportConventions:
    """Write the table as CSV."""

    path: Path


ACTIONS = (TypeScore, ExportConventions)
