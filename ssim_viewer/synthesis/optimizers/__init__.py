"""Optimisers: the paper's fixed step, a line search, and three without a constraint."""
