"""The triggers over every table of the record."""
