"""Changes of the tables of the reports app."""
