"""SSIM (Wang et al. 2004): settings, local statistics, similarity, gradient and kernels."""
