"""Accepted risks in the browser."""
