"""The record of a project as people read it."""
