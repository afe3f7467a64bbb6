"""Doors of training for people: read the request and the clock, ask once, answer."""
