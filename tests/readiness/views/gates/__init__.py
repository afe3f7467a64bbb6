"""The doors to one project's gate: who gets in, what is asked of the database."""
