"""Metrics of other programs and packages, each offered where what it needs is installed."""
