"""Changes of the tables of the training app."""
