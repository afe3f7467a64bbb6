"""What the pages show: querysets and recorded judgements in, prepared rows out."""
