"""Training over REST: read who learned what, push more of it."""
