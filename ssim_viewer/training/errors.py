"""What can go wrong while training, in one sentence for a person."""

from __future__ import annotations

from importlib.util import find_spec

from ssim_viewer.text import SentenceError, tr

EXTRA = ("jax", "optax", "sklearn")


class TrainingError(SentenceError):
    """One sentence: what is wrong and what to do."""


def missing_extra() -> str:
    """Return one sentence on how to get the optional packages, or "" when they are installed."""
    if all(find_spec(package) is not None for package in EXTRA):
        return ""
    return tr(
        "Training needs the extra “training” (jax, optax, scikit-learn): "
        "pip install 'ssim-viewer[training]' gets it."
    )


def require_extra() -> None:
    """Raise a TrainingError when the optional packages are not installed."""
    if sentence := missing_extra():
        raise TrainingError(sentence)
