"""Shapes of what the gate sends and takes."""
