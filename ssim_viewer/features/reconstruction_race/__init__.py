"""The race to the reference: from one start, each racer improves the image by its own metric."""

from ssim_viewer.features.reconstruction_race.feature import ReconstructionRace

__all__ = ["ReconstructionRace"]
