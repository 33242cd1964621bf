"""Start ssim_viewer from a checkout: the same program as ``python -m ssim_viewer``."""

from ssim_viewer.__main__ import main

raise SystemExit(main())
