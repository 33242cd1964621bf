"""What a type of distortion is: its name, its one strength, and the function that applies it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float64]


Distort = Callable[..., Pixels]
"""Distorts an image: ``distort(pixels, strength, random, **parameters)``.

It takes pixels of (H, W) or (H, W, 3) in [0, 1], a strength above 0, a random generator that starts
from the seed, and the parameters of the type. It returns pixels of the same shape; what lies
outside [0, 1] is clipped by the caller.
"""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One more number of a type, beside its strength."""

    name: str
    title: str
    default: float
    smallest: float
    largest: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DistortionType:
    """One type of distortion.

    Attributes
    ----------
    name
        Identifier, such as ``gaussian_blur``.
    title
        What a person reads.
    family
        Title of the group that it stands in.
    measure, unit
        What the strength measures, and its unit.
    largest
        The last strength of the slider; the first one is 0 and changes nothing.
    typical
        A strength that is clearly seen.
    meaning
        One or two sentences about it.
    continuous
        Whether the MSE changes continuously with the strength. Otherwise it goes in steps.
    whole
        Whether only whole strengths differ.
    random
        Whether it depends on the seed.
    needs_color
        Whether it changes colour images only.
    known_as
        Its names in the databases TID2013 and KADID-10k, where they have the type.
    """

    name: str
    title: str
    family: str
    measure: str
    unit: str
    largest: float
    typical: float
    meaning: str
    distort: Distort
    continuous: bool = True
    whole: bool = False
    random: bool = False
    needs_color: bool = False
    parameters: tuple[Parameter, ...] = ()
    known_as: tuple[str, ...] = ()


def described(**facts: Any) -> Callable[[Distort], DistortionType]:
    """Return a decorator that makes a `DistortionType` of its function and these facts.

    The docstring of the function is the meaning of the type; its name, without the leading
    underscore, is the name.
    """

    def made(distort: Distort) -> DistortionType:
        name = getattr(distort, "__name__", "").strip("_")
        meaning = " ".join((getattr(distort, "__doc__", "") or "").split())
        return DistortionType(name=name, distort=distort, **{"meaning": meaning, **facts})

    return made
