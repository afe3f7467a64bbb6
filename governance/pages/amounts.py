"""Numbers as people write them, in the language of the page."""

from django.utils.formats import number_format


def amount_text(number: int) -> str:
    """Return a whole number with its thousands apart: '1,234'."""
    return str(number_format(number, force_grouping=True))
