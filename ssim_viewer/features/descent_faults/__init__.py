"""Why a descent goes up: four faults of a much-copied script, beside the right version."""

from ssim_viewer.features.descent_faults.feature import DescentFaults

__all__ = ["DescentFaults"]
