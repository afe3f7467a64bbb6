"""The press: a recorded snapshot in, one PDF out; nothing is measured or judged here."""
