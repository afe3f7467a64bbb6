"""What training can do: one verb per function, each in one transaction."""
