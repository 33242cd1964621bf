"""``python -m benchmarks.training [--effect]``: time of a step, and what a structural loss does.

A step of one network is timed for each loss, the median of many; compiling is told apart. With
``--effect``, autoencoders learn for 600 steps from three seeds by MSE and by SSIM.
"""

from __future__ import annotations

import statistics
import sys
import time

from ssim_viewer.training.datasets import load_dataset
from ssim_viewer.training.learner import Learner
from ssim_viewer.training.scoring import SCORES
from ssim_viewer.training.settings import LOSSES, TrainingSettings
from ssim_viewer.training.trainer import Trainer

STEPS = 40
SEEDS = (0, 1, 2)
TARGETS = {"autoencoder": 60, "sr": 40}
"""Milliseconds a step at most, on two cores."""


def time_steps(settings: TrainingSettings) -> None:
    """Print the milliseconds of a step by each loss."""
    data = load_dataset(settings)
    for name in settings.losses:
        learner = Learner(settings, name)
        times = []
        for step in range(1, STEPS + 1):
            batch = data.batch(settings, step)
            began = time.perf_counter()
            learner.learn(step, *batch)
            times.append(1000 * (time.perf_counter() - began))
        print(
            f"{settings.network:12} {settings.side}×{settings.side} batch {settings.batch:2} "
            f"{name:8} {statistics.median(times[1:]):6.1f} ms a step (target "
            f"{TARGETS[settings.network]}), fastest {min(times[1:]):.1f}, "
            f"first {times[0] / 1000:.1f} s with compiling"
        )


def show_effect() -> None:
    """Print held-out PSNR and SSIM of two losses after 600 steps, and check their order."""
    for seed in SEEDS:
        settings = TrainingSettings(losses=("mse", "ssim"), seed=seed, every=600)
        trainer = Trainer(settings)
        while not trainer.done:
            trainer.advance()
        by_mse, by_ssim = trainer.run().curves.scores[-1]
        psnr, ssim = SCORES.index("psnr"), SCORES.index("ssim")
        print(
            f"seed {seed}: MSE loss {by_mse[psnr]:.2f} dB {by_mse[ssim]:.4f}, "
            f"SSIM loss {by_ssim[psnr]:.2f} dB {by_ssim[ssim]:.4f}"
        )
        assert by_ssim[ssim] > by_mse[ssim]
        assert by_ssim[psnr] < by_mse[psnr]


if __name__ == "__main__":
    if "--effect" in sys.argv:
        show_effect()
    else:
        time_steps(TrainingSettings(losses=LOSSES))
        time_steps(TrainingSettings(network="sr", losses=LOSSES))
