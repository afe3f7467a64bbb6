"""A list to choose from that draws itself without a template for each of its options."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Option = tuple[str, SafeString | str, Any]


class QuickSelect(forms.Select):
    """Draw a plain list of choices at once; forms that search show hundreds of options."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the element with its options."""
        own = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        options = format_html_join(
            "", '<option value="{}"{}>{}</option>', self._options(str(value or ""))
        )
        return format_html("<select{}>{}</select>", own, options)

    def _options(self, chosen: str) -> Iterator[Option]:
        choices: Iterable[tuple[Any, Any]] = self.choices
        for key, label in choices:
            mark = SafeString(" selected") if str(key) == chosen else ""
            yield str(key), mark, label
