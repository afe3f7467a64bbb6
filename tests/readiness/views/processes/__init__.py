"""The evidence of a process in the browser: read it, sign it, refuse it, be told what changed."""
