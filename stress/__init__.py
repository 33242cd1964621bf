"""Stress tests that run as long as one likes: ``python -m stress files --count 20000``.

Each module of this package with a function ``main(arguments) -> exit status`` is a command. All
random choices come from ``--seed``, so that a failure can be repeated by its number.
"""
