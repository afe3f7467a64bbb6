"""What the pages of the map show: querysets in, prepared rows out."""
