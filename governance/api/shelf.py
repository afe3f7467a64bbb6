"""Keep answers that never change under their name, in the memory of this process."""

from collections import OrderedDict


class Shelf:
    """Hold so many texts; what was not asked for the longest goes first.

    Only for what a name settles for good: two texts under one name are the same text.
    """

    def __init__(self, *, size: int) -> None:
        """Start empty."""
        self._size = size
        self._texts: OrderedDict[str, bytes] = OrderedDict()

    def get(self, name: str) -> bytes | None:
        """Return the text of a name, or None where it has to be made."""
        text = self._texts.pop(name, None)
        if text is not None:
            self._texts[name] = text
        return text

    def put(self, name: str, text: bytes) -> None:
        """Keep a text, and drop the one that waited longest when there are too many."""
        self._texts[name] = text
        while len(self._texts) > self._size:
            self._texts.popitem(last=False)
