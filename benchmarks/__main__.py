"""``python -m benchmarks``: the table of the metrics room, and every target."""

from benchmarks import metrics, targets

metrics.main()
targets.main()
