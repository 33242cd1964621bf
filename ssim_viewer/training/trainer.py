"""The loop: all losses side by side, from the same weights, with the same patches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.text import tr
from ssim_viewer.training.datasets import load_dataset
from ssim_viewer.training.learner import Learner
from ssim_viewer.training.loss_terms import parse_loss
from ssim_viewer.training.run_file import Curves, Run, Shown
from ssim_viewer.training.scoring import SCORES, border_of, mean_scores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ssim_viewer.training.settings import TrainingSettings

SHOWN = 8
"""How many held-out images are shown."""
SHOWN_SIDE = 128
"""Their largest side; of larger images the middle is shown."""
EARLY = (1, 2, 5, 10)
"""Steps at which held-out images are measured besides: at first much happens."""


class Trainer:
    """A run at work.

    Parameters
    ----------
    settings
        Those of the run.
    tell
        Takes a few words about what is being done.

    Raises
    ------
    TrainingError
        The data cannot be had, or a loss has no room in the patches.
    """

    def __init__(
        self, settings: TrainingSettings, tell: Callable[[str], None] = lambda _: None
    ) -> None:
        self.settings = settings
        self.step = 0
        self._tell = tell
        tell(tr("Reading the data"))
        self._data = load_dataset(settings)
        self._learners = [Learner(settings, name) for name in settings.losses]
        self._curves = Curves.empty(len(self._learners), len(SCORES))
        self._compiled = False
        self._baseline = np.full(len(SCORES), np.nan)
        if settings.network == "sr":
            held = self._data.held_targets, self._data.held_inputs
            self._baseline = np.array(mean_scores(*held, border_of(settings)))
        self._shown = self._measure()

    @classmethod
    def resumed(cls, run: Run, tell: Callable[[str], None] = lambda _: None) -> Trainer:
        """Return the trainer that goes on where a run ended."""
        trainer = cls(run.settings, tell)
        trainer.step = run.step
        for place, learner in enumerate(trainer._learners):
            learner.restore(run.weights[place], run.states[place])
            learner.stopped = run.stopped.get(learner.name, "")
            learner.seconds = float(run.curves.seconds[-1, place]) if len(run.curves.steps) else 0.0
        trainer._curves, trainer._shown = run.curves, run.shown
        return trainer

    @property
    def done(self) -> bool:
        """Whether there is no step left to do."""
        return self.step >= self.settings.steps or all(each.stopped for each in self._learners)

    @property
    def losses(self) -> dict[str, float]:
        """The latest value of every loss, by its name."""
        return {each.name: each.value for each in self._learners}

    @property
    def measured(self) -> bool:
        """Whether the held-out images are measured at the present step."""
        return bool(len(self._curves.steps)) and self._curves.steps[-1] == self.step

    def advance(self) -> bool:
        """Do one step of every network; return whether the held-out images were measured."""
        self.step += 1
        inputs, targets = self._data.batch(self.settings, self.step)
        for learner in self._learners:
            if not self._compiled:
                self._tell(tr("Compiling the loss {title}", title=parse_loss(learner.name).title))
            learner.learn(self.step, inputs, targets)
        self._compiled = True
        due = self.step % self.settings.every == 0 or self.step in EARLY or self.done
        if due:
            self.measure()
        return due

    def measure(self) -> None:
        """Measure the held-out images now, unless they are."""
        if not self.measured:
            self._shown = self._measure()

    def run(self) -> Run:
        """Return the run as it is kept."""
        return Run(
            self.settings,
            self.step,
            self._curves,
            self._shown,
            self._baseline,
            {each.name: each.stopped for each in self._learners if each.stopped},
            tuple(
                {name: np.asarray(value) for name, value in each.weights.items()}
                for each in self._learners
            ),
            tuple(each.state for each in self._learners),
        )

    def _measure(self) -> Shown:
        self._tell(tr("Measuring the held-out images"))
        data, border = self._data, border_of(self.settings)
        outputs = [learner.outputs(data.held_inputs) for learner in self._learners]
        scores = [
            [float("nan")] * len(SCORES)
            if learner.stopped
            else mean_scores(data.held_targets, made, border)
            for learner, made in zip(self._learners, outputs, strict=True)
        ]
        seconds = [learner.seconds for learner in self._learners]
        self._curves = self._curves.with_point(self.step, seconds, scores)
        return Shown(
            shown_images(data.held_inputs),
            shown_images(data.held_targets),
            np.stack([shown_images(made) for made in outputs]),
        )


def shown_images(images: Sequence[NDArray[np.float32]]) -> NDArray[np.uint8]:
    """Return the middles of the first images as uint8, (n, H, W), all of one size."""
    first = images[:SHOWN]
    height = min(SHOWN_SIDE, *(len(each) for each in first))
    width = min(SHOWN_SIDE, *(each.shape[1] for each in first))
    middles = []
    for each in first:
        top, left = (each.shape[0] - height) // 2, (each.shape[1] - width) // 2
        middles.append(each[top : top + height, left : left + width])
    shown: NDArray[np.uint8] = np.rint(255.0 * np.clip(np.stack(middles), 0, 1)).astype(np.uint8)
    return shown
