"""Every gate in its order, the metrics between the passes, and the one verdict."""
