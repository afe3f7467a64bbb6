"""Testing over REST: read what was run and found, push more of it."""
