"""Why a value of SSIM is another: mistakes of implementations, with the value that each gives."""

from ssim_viewer.features.implementation_mistakes.feature import ImplementationMistakes

__all__ = ["ImplementationMistakes"]
