"""What is recorded, shown and filled in, in every language."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from governance.forms.decisions import DAY
from readiness.models import Snapshot
from readiness.services.evaluation import evaluate_gates
from tests.readiness.worlds import make_world
from tests.signing import LATER, Desk, make_desk

pytestmark = pytest.mark.django_db


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo at the end whatever was written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def judged_in(language: str, desk: Desk) -> dict[str, object]:
    """Return a judgement made while a language is spoken, without what is drawn by chance."""
    with taken_back(), override(language):
        desk.sign(desk.cast.process_owner)
        (snapshot,) = evaluate_gates(project_ids=[desk.cast.project.pk], as_of=LATER)
        row = Snapshot.objects.values().get(pk=snapshot.pk)
        row["body"] = re.sub(str(row.pop("public_id")), "", row["body"])
        return {name: row[name] for name in row.keys() - {"id", "etag", "computed_at"}}


class TestJudgement:
    def test_is_the_same_bytes_in_every_language(self) -> None:
        desk = make_desk()
        english, german = judged_in("en", desk), judged_in("de", desk)
        assert "NO-GO" in str(english["headline"])
        assert german == english

    def test_is_told_to_each_reader_in_the_readers_language(self, client: Client) -> None:
        world = make_world()
        client.force_login(world.cast.process_owner)
        english = client.get(world.address).content.decode()
        german = client.get(world.address, headers={"accept-language": "de"}).content.decode()
        assert "hard criteria" in english
        assert "harte Kriterien" in german
        assert "Sign the project manager&#x27;s charter" not in german
        assert "harte Kriterien" not in client.get(world.address).content.decode()


class TestDayField:
    def test_is_filled_in_the_one_form_that_browsers_take(self) -> None:
        with override("de"):
            assert 'value="2027-01-04"' in DAY.render("until", date(2027, 1, 4))
