"""Start ssim_viewer from a checkout: the same program as ``python -m ssim_viewer``."""

from ssim_viewer.__main__ import main

if __name__ == "__main__":  # worker processes import this file
    raise SystemExit(main())
