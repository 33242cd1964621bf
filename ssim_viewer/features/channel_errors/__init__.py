"""MSE, PSNR and MAE of luma and of each channel, beside those over all channels."""

from ssim_viewer.features.channel_errors.feature import ChannelErrorsFeature

__all__ = ["ChannelErrorsFeature"]
