"""The REST interface: who calls, what they may do, and how every answer is shaped."""
