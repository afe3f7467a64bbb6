"""The record: rows that nobody can quietly change."""
