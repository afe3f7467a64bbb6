"""What the pages of training show: querysets in, prepared rows out."""
