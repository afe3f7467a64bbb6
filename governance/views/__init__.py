"""Doors of the map for people: read the request and the clock, ask once, answer."""
