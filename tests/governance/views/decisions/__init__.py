"""Decisions and assumptions in the browser: raise, decide, write down, rule."""
