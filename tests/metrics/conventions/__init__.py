"""Stored values of other programs, and how they were made."""
