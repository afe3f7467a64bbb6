"""Rows to files, as the floor below writes them."""

from governance.exports import csv_text, formula_safe

__all__ = ["csv_text", "formula_safe"]
