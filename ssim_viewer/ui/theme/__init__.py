"""Colours of light and dark, and icons."""
