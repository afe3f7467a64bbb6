"""REST endpoints of the gate."""
