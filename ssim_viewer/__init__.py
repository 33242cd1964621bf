"""ssim_viewer: structural similarity as something you can see, touch and push."""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ssim_viewer.remote.client import show

__all__ = ["__version__", "show"]


def __getattr__(name: str) -> object:
    """Import `show` when it is first asked for; the package by itself stays light."""
    if name != "show":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from ssim_viewer.remote.client import show  # noqa: PLC0415

    return show
