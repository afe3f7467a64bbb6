"""Changes of the tables of the governance app."""
