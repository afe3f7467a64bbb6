"""Doors of the gate for people: read the request and the clock, ask once, answer."""
