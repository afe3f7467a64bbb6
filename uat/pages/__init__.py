"""What the pages of testing show: querysets in, prepared rows out."""
