"""The compute room: threads and tiles, pooled buffers, kernels that are compiled when they pay."""
