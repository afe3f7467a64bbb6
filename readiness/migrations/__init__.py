"""Changes of the tables of the readiness app."""
