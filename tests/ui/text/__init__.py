"""Texts of the window: every one goes through ``tr``, and there is room for other languages."""
