"""Plots of runs and of curves."""
