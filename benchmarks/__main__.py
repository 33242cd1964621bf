"""``python -m benchmarks``: the table of the metrics room."""

from benchmarks.metrics import main

main()
