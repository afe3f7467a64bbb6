"""Doors of testing for people: read the request and the clock, ask once, answer."""
