"""Acts and addresses by area of governance: each module holds its own part of the policy."""
