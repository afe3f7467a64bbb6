"""What the gate can do: one verb per function, each in one transaction."""
