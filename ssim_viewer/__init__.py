"""ssim_viewer: structural similarity as something you can see, touch and push."""

__version__ = "0.1.0"
