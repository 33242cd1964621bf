"""Every word of the window: texts in its language, and how a language is chosen."""

from ssim_viewer.ui.text.translation import QT_TR_NOOP, tr

__all__ = ["QT_TR_NOOP", "tr"]
