"""Decisions: raising, replacing and deciding them, and what waits for them."""
