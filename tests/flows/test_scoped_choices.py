"""What a form, a serializer or a filter lets somebody choose among is the reader's own."""

from collections.abc import Iterator
from typing import Any

import django_filters
import pytest
from django import forms
from django.core.cache import cache
from django.db.models import Model
from django.test import Client
from django.utils.module_loading import import_string
from pytest_django import Settings
from rest_framework import serializers
from time_machine import TimeMachineFixture

from governance.forms.rows import NAMED_BY
from governance.models import Participation
from tests.flows.form_cases import CASES, Case
from tests.flows.test_every_form import Sheet, forms_there_are
from tests.flows.test_working_pages import fill
from tests.flows.walking import classes_of
from tests.signing import LATER, Desk, make_desk

FORMS = sorted(set(forms_there_are()), key=lambda form: form.__name__)
OF_PARTNERS_TOO = {
    ("MinutesForm", "guests"),
    ("ReplacementForm", "partner"),
    ("ReplacementForm", "consultant"),
    ("HandoverForm", "taken_by"),
}
"""Fields that offer, beside the client's own, whoever of a partner takes part here."""
SERIALIZERS = classes_of(serializers.BaseSerializer)
FILTERS = classes_of(django_filters.FilterSet)


@pytest.fixture
def desk(db: None, time_machine: TimeMachineFixture, settings: Settings, tmp_path: object) -> Desk:
    """Return a project with a row of every kind, beside one of another client that has them too."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    for found in (make_desk(), make_desk()):
        fill(found)
        found.judge(at=LATER)
    time_machine.move_to(LATER, tick=False)
    return found


def choices_of(form: forms.BaseForm) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a form that offer rows."""
    for name, field in form.fields.items():
        if isinstance(field, forms.ModelChoiceField):
            yield name, field.queryset


def client_of(row: Any) -> Any:
    """Return whose a row is."""
    return getattr(row, "organisation_id", None) or row.pk


class TestForms:
    @pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
    def test_offer_no_rows_before_they_know_the_reader(self, form: type[forms.BaseForm]) -> None:
        for name, field in getattr(form, "base_fields", {}).items():
            if isinstance(field, forms.ModelChoiceField):
                assert field.queryset is not None
                assert field.queryset.query.is_empty(), name
                assert field.to_field_name == NAMED_BY, name

    def test_write_no_row_by_themselves(self) -> None:
        assert [form for form in FORMS if issubclass(form, forms.BaseModelForm)] == []

    @pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.page} {case.form}")
    def test_offer_rows_of_the_readers_client_alone(
        self, case: Case, desk: Desk, client: Client
    ) -> None:
        form = Sheet(case, desk, client).form()
        own = {desk.cast.client.pk}
        seats = Participation.objects.filter(project=desk.cast.project, ended_at__isnull=True)
        partners = set(seats.values_list("user__organisation_id", flat=True))
        for name, rows in choices_of(form):
            allowed = own | partners if (case.form, name) in OF_PARTNERS_TOO else own
            assert {client_of(row) for row in rows} <= allowed, name


class TestSerializers:
    @pytest.mark.parametrize("kind", SERIALIZERS, ids=lambda kind: kind.__name__)
    def test_let_nobody_name_a_row_by_its_key(
        self, kind: type[serializers.BaseSerializer[Model]]
    ) -> None:
        for name, field in getattr(kind(), "fields", {}).items():
            inner = getattr(field, "child_relation", field)
            is_link = isinstance(inner, serializers.RelatedField)
            assert not is_link or inner.read_only, name


class TestFilters:
    @pytest.mark.parametrize("kind", FILTERS, ids=lambda kind: kind.__name__)
    def test_name_their_parameters_one_by_one(self, kind: type[django_filters.FilterSet]) -> None:
        assert kind._meta.fields is None
        for name, each in kind.base_filters.items():
            assert not isinstance(each, django_filters.ModelChoiceFilter), name
            assert "queryset" not in each.extra, name


def test_there_is_something_to_walk() -> None:
    assert len(FORMS) > 20
    assert len(SERIALIZERS) > 30
    assert len(FILTERS) > 5
    assert import_string("governance.api.filters.ImportFilters") in FILTERS
