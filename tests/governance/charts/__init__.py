"""Drawings and ways through a graph, without a database."""
