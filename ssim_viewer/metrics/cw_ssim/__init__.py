"""CW-SSIM (Sampat et al. 2009)."""
