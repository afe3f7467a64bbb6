"""Fill any form of the product in: what it asks for, sensibly, field by field."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from governance.forms.codes import CodesField
from governance.forms.proof import ProofForm
from governance.services.factors import code_at
from tests.factories import PASSWORD
from tests.factors import SECRET
from tests.signing import LATER

WORDS = "Words that say what it is about."
ROSTER = b"Person ID,Name,Department\nX1,Ada Test,Finance\n"
LATER_DAY = LATER.date().replace(day=17).isoformat()


def filled_in(form: forms.BaseForm) -> dict[str, Any]:
    """Return entries that a form takes, for all of its fields but tick boxes."""
    entries = {}
    for name, field in form.fields.items():
        entry = form[name].value() if form[name].is_hidden else entry_for(field)
        if entry is not None:
            entries[name] = entry
    return entries


def entry_for(field: forms.Field) -> Any:
    """Return something that a field takes; nothing for tick boxes, codes, and without a choice."""
    if isinstance(field, forms.BooleanField | CodesField):
        return None
    if isinstance(field, forms.FileField) and not field.required:
        return None
    if isinstance(field, forms.ModelChoiceField):
        return _first_row(field)
    if isinstance(field, forms.ChoiceField):
        return _first_choice(field)
    return _plain_entry(field)


def _first_row(field: Any) -> Any:
    row = field.queryset.first()
    if row is None:
        return None
    value = field.prepare_value(row)
    return [value] if isinstance(field, forms.ModelMultipleChoiceField) else value


def _first_choice(field: Any) -> Any:
    values = [value for value, _ in field.choices if value]
    if isinstance(field, forms.MultipleChoiceField):
        return values[:1]
    return values[0] if values else None


def _plain_entry(field: forms.Field) -> Any:
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile("roster.csv", ROSTER, content_type="text/csv")
    if isinstance(field, forms.DateTimeField):
        return LATER.strftime("%Y-%m-%dT%H:%M")
    if isinstance(field, forms.DateField):
        return LATER_DAY
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return "1"
    return _words_for(field)


def _words_for(field: forms.Field) -> str:
    if isinstance(field.widget, forms.PasswordInput):
        return PASSWORD
    if field.label == ProofForm.base_fields["code"].label:
        return code_at(SECRET, at=timezone.now())
    return WORDS


def text_fields(form: forms.BaseForm) -> dict[str, forms.CharField]:
    """Return the fields into which somebody writes words, name -> field."""
    return {
        name: field
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, forms.RegexField)
        and isinstance(field.widget, forms.TextInput | forms.Textarea)
        and not isinstance(field.widget, forms.PasswordInput | forms.HiddenInput)
    }
