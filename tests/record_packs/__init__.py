"""Packs made only to try the two offline verifiers: good ones, bad ones, and attacked ones."""
