"""Features: experiments, docks and commands, each a folder of its own that the host runs.

A feature imports from the rooms below and never from another feature.
"""
