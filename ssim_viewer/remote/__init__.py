"""Showing images in a running window from another program; without Qt."""
