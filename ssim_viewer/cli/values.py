"""What a word on the command line may mean: numbers, sizes, factors."""

from __future__ import annotations

import math
import re
from argparse import ArgumentTypeError
from typing import Literal

from ssim_viewer.metrics.conventions import TypedScore, typed_score


def positive(word: str) -> float:
    """Return a finite number above zero."""
    try:
        number = float(word)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise ArgumentTypeError(f"{word!r} is not a number above 0")
    return number


def number(word: str) -> float:
    """Return a finite number."""
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ArgumentTypeError(f"{word!r} is not a number")
    return value


def count(word: str) -> int:
    """Return a whole number that is not negative."""
    if not word.isdecimal():
        raise ArgumentTypeError(f"{word!r} is not a whole number from 0")
    return int(word)


def count_from_one(word: str) -> int:
    """Return a whole number of at least one."""
    if not word.isdecimal() or int(word) < 1:
        raise ArgumentTypeError(f"{word!r} is not a whole number from 1")
    return int(word)


def levels_or_auto(word: str) -> tuple[float, float] | Literal["auto"]:
    """Return the values of black and white."""
    if word == "auto":
        return "auto"
    try:
        low, high = (float(part) for part in word.split(","))
    except ValueError:
        low = high = math.nan
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ArgumentTypeError(f"{word!r} is neither auto nor two rising numbers such as 0,4095")
    return low, high


def background(word: str) -> float | None:
    """Return the share of white that lies under transparency; None chooses automatically."""
    named = {"auto": None, "black": 0.0, "grey": 0.5, "gray": 0.5, "white": 1.0}
    if word in named:
        return named[word]
    try:
        share = float(word)
    except ValueError:
        share = math.nan
    if not 0 <= share <= 1:
        raise ArgumentTypeError(
            f"{word!r} is none of black, grey, white, auto, and not from 0 to 1"
        )
    return share


def size(word: str) -> tuple[int, int]:
    """Return (width, height) of ``1280x800``."""
    found = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", word, flags=re.IGNORECASE)
    if not found or "0" in {found[1].lstrip("0") or "0", found[2].lstrip("0") or "0"}:
        raise ArgumentTypeError(f"{word!r} is not a size such as 1280x800")
    return int(found[1]), int(found[2])


def typed(word: str) -> TypedScore:
    """Return a score as it is typed, whose digits say how exactly it is known."""
    number = typed_score(word)
    if number is None:
        raise ArgumentTypeError(f"{word!r} is not a number")
    return number


def whole_or_auto(word: str) -> int | Literal["auto", "auto-pool"]:
    """Return a factor of downsampling."""
    if word in {"auto", "auto-pool"}:
        return "auto" if word == "auto" else "auto-pool"
    if not word.isdecimal() or int(word) < 1:
        raise ArgumentTypeError(f"{word!r} is neither a whole number from 1 nor auto")
    return int(word)
