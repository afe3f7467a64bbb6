"""Prints snapshots: the executive readiness report."""
