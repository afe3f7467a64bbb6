"""Who was replaced in the world, and what waits to be handed over."""

from tests.authorisation.stock import Stock
from tests.factories import EARLY
from tests.flows.party_rows import make_replacement


def fill(stock: Stock) -> None:
    """Write a replacement, of which one thing is handed over and one is not."""
    row = make_replacement(project=stock.project, by=stock.sponsor, at=EARLY, mark="Who left")
    stock.keep("replacement", row)
    stock.keep("item", row.held.waiting().get())
