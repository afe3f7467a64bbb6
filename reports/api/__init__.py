"""Reports over REST: ask for one, follow it, download it."""
