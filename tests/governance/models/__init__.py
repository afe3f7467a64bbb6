"""Tests of the tables of the map."""
