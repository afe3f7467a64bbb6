"""The two verifiers of a pack: each one file that needs nothing of the project."""
