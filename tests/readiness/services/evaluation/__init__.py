"""Projects are judged at a moment and written down once, for good."""
