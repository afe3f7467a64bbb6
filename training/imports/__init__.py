"""Foreign files of training: rosters, courses with their requirements, and records."""
