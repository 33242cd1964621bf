"""Small pairs, measured and ready to be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ssim_viewer.images import Pair, image_from_array
from ssim_viewer.metrics import Quantity, Ssim, evaluate
from ssim_viewer.session.measurement import Measurements, ssim_measurement
from ssim_viewer.session.state import Document, Look, Session


def texture(width: int = 48, height: int = 40, *, seed: int = 0, channels: int = 1) -> Any:
    """Return uint8 noise over a ramp: something with structure everywhere."""
    generator = np.random.default_rng(seed)
    shape = (height, width) if channels == 1 else (height, width, channels)
    ramp = np.linspace(40, 200, width).reshape((1, width) + (1,) * (channels > 1))
    return np.clip(ramp + generator.normal(0, 25, shape), 0, 255).astype(np.uint8)


def session_of(
    reference: Any = None,
    distorted: Any = None,
    *,
    metric: Ssim | None = None,
    **look: Any,
) -> Session:
    """Return a session with a pair and everything measured; keywords are the look's."""
    reference = texture() if reference is None else reference
    height, width = reference.shape[:2]
    distorted = texture(width, height, seed=1) if distorted is None else distorted
    metric = metric or Ssim(color="luma")
    pair = Pair(image_from_array(reference, "a.png"), image_from_array(distorted, "b.png"))
    evaluation = evaluate(metric.bind(reference), distorted, list(Quantity))
    return Session(
        document=Document(pair=pair, metric=metric),
        look=Look(**look),
        measurements=Measurements(ssim_measurement(reference, distorted, evaluation)),
    )


def looking(session: Session, **look: Any) -> Session:
    """Return the session looked at otherwise."""
    return replace(session, look=replace(session.look, **look))
