"""Manifolds that a climb stays on: the equal-MSE sphere and level sets of any metric."""
