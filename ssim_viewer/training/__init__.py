"""The training room: small networks that learn by a loss of choice, side by side.

It holds losses, networks, data, the run file and the loop. Only this room imports jax, optax and
scikit-learn, the extra ``training``, and only in modules that are imported when they are needed;
`missing_extra` says how to get it. Nothing here knows of windows.
"""

from ssim_viewer.training.errors import TrainingError, missing_extra, require_extra
from ssim_viewer.training.loss_terms import MIX, TRACED, Loss, Term, parse_loss

__all__ = [
    "MIX",
    "TRACED",
    "Loss",
    "Term",
    "TrainingError",
    "missing_extra",
    "parse_loss",
    "require_extra",
]
