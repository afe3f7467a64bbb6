"""Let whoever writes a note mark it as a caveat."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.services.caveats import LONGEST_CAVEAT


class CaveatMixin(forms.Form):
    """Ask below the note, `caveat_field`, whether it is a caveat: `cleaned_data["is_caveat"]`.

    The door hands it to the service of the note, which ends with `write_caveat` if it is one.
    """

    caveat_field = "note"

    is_caveat = forms.BooleanField(
        label=gettext_lazy("This is a caveat"),
        required=False,
        help_text=gettext_lazy("It stands on page one of gate and report until it is resolved."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the question below the note."""
        super().__init__(*args, **kwargs)
        names = [name for name in self.fields if name != "is_caveat"]
        below = names.index(self.caveat_field) + 1 if self.caveat_field in names else len(names)
        self.order_fields([*names[:below], "is_caveat", *names[below:]])

    def clean(self) -> dict[str, Any] | None:
        """Refuse a caveat without words, and one too long for page one."""
        cleaned = super().clean()
        entered = self.cleaned_data
        words = (entered.get(self.caveat_field) or "").strip()
        if not entered.get("is_caveat") or self.caveat_field in self.errors:
            return cleaned
        if not words:
            self.add_error(self.caveat_field, _("Say in a sentence what the reader has to know."))
        if len(words) > LONGEST_CAVEAT:
            longest = _("A caveat has %(number)s characters at most.") % {"number": LONGEST_CAVEAT}
            self.add_error(self.caveat_field, longest)
        return cleaned
