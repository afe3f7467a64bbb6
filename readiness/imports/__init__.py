"""Foreign files into our rows: policies, and whatever the gate takes in."""
