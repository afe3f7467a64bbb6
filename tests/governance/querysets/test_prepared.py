"""Questions that are compiled once."""

from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from governance.models import ApiToken, Project
from governance.querysets.prepared import Prepared
from tests.factories import make_project
from tests.people import make_cast
from tests.wire import token_for

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def named(public_id: UUID, phase: str) -> Prepared:
    return Prepared(
        lambda public_id, phase: Project.objects.filter(
            public_id=public_id, phase=phase
        ).values_list("pk", "public_id", "created_at", "go_live_date"),
        public_id=public_id,
        phase=phase,
    )


class TestPrepared:
    def test_answers_as_the_query_it_was_made_from(self) -> None:
        question = named(uuid4(), "an example")
        for project in (make_project(phase="UAT"), make_project(phase="UAT")):
            plain = Project.objects.filter(pk=project.pk).values_list(
                "pk", "public_id", "created_at", "go_live_date"
            )
            assert question.rows(public_id=project.public_id, phase="UAT") == list(plain)
            assert question.rows(public_id=project.public_id, phase="BUILD") == []
        assert question.rows(public_id=uuid4(), phase="UAT") == []

    def test_asks_once_each_time(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        question = named(uuid4(), "an example")
        with django_assert_num_queries(2):
            for _ in range(2):
                question.rows(public_id=uuid4(), phase="UAT")

    def test_turns_stored_lists_back_into_lists(self) -> None:
        token_for(make_cast().sponsor)
        question = Prepared(
            lambda prefix: ApiToken.objects.filter(prefix=prefix).values_list("scopes"),
            prefix="an example",
        )
        assert question.rows(prefix=ApiToken.objects.get().prefix) == [(["READ", "PUSH"],)]

    def test_wants_a_place_for_every_value(self) -> None:
        question = Prepared(
            lambda phase, unused: Project.objects.filter(phase=phase).values_list("pk"),
            phase="an example",
            unused="another",
        )
        with pytest.raises(ValueError, match="unused"):
            question.rows(phase="UAT", unused="x")
