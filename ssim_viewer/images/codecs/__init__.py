"""One module for each family of formats; each imports its libraries only when it is called.

Every module offers ``read(data, which)`` and ``names(data)``. Which module reads which format, and
how that was checked, stands in `ssim_viewer.images.formats`.
"""
