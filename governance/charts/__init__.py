"""Drawings as plain numbers: what stands where; nothing is asked of a table."""
