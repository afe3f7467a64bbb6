"""What is recorded, shown and filled in, in every language."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings
from time_machine import TimeMachineFixture

from governance.choices import Role
from governance.forms.decisions import DAY
from governance.models import Participation
from readiness.models import Snapshot
from readiness.services.evaluation import evaluate_gates
from tests.factories import join
from tests.flows.form_cases import CASES, Case
from tests.flows.test_every_form import APPS, Sheet
from tests.flows.test_working_pages import fill
from tests.readiness.worlds import make_world
from tests.signing import LATER, Desk, make_desk

pytestmark = pytest.mark.django_db
A_MINUTE_LATER = LATER + timedelta(minutes=1)
# what every run draws anew: identifiers, tokens, fingerprints, names of files, the database's
# clock; and the sentence that a signer was shown, which is kept beside the English one
CHANCE = re.compile(
    r"rgt_[\w-]+|\d{4}-\d\d-\d\dT[\d:.]+Z|\"language\":\"\w+\"|\"shown\":\"[^\"]*\"|[\w+/-]{20,}=*"
)


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
        (snapshot,) = evaluate_gates(project_ids=[desk.cast.project.pk], as_of=A_MINUTE_LATER)
        row: dict[str, object] = {**Snapshot.objects.values().get(pk=snapshot.pk)}
        row["body"] = str(row["body"]).replace(str(row.pop("public_id")), "")
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
        assert "Sign a charter that grants the project manager" not in german
        assert "harte Kriterien" not in client.get(world.address).content.decode()


def written_in(language: str, sheet: Sheet) -> list[str]:
    """Return every text in the database after a form was sent in a language, chance left out."""
    sheet.client = Client(headers={"accept-language": language})
    with taken_back():
        answer = sheet.send(sheet.entries())
        assert answer.status_code == sheet.case.status
        return sorted(CHANCE.sub("", text) for text in texts_kept())


def texts_kept() -> Iterator[str]:
    """Yield what the text columns of the product's own tables hold."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            names = [field.name for field in model._meta.concrete_fields if is_text(field)]
            for row in model._base_manager.values_list(*names) if names else ():
                yield f"{model._meta.label} {row}"


def is_text(field: object) -> bool:
    """Say whether a column holds words."""
    return isinstance(field, CharField | TextField | JSONField)


class TestEveryForm:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.page} {case.form}")
    def test_writes_the_same_whatever_language_its_reader_speaks(
        self, case: Case, time_machine: TimeMachineFixture, settings: Settings, tmp_path: Path
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        desk = make_desk()
        fill(desk)
        desk.cast.project.go_live_date = LATER.date()
        desk.cast.project.save(update_fields=["go_live_date"])
        if case.form == "GrantForm":  # a role whose name is another word in every language
            held = Participation.objects.filter(user=desk.cast.sponsor)
            held.update(ended_at=held.get().started_at)
            join(project=desk.cast.project, user=desk.cast.sponsor, role=Role.STEERING)
        assert desk.cast.administrator.is_administrator  # made once, for both languages
        desk.judge(at=A_MINUTE_LATER)
        time_machine.move_to(A_MINUTE_LATER, tick=False)
        sheet = Sheet(case, desk, Client())
        assert written_in("de", sheet) == written_in("en", sheet)


class TestDayField:
    def test_is_filled_in_the_one_form_that_browsers_take(self) -> None:
        with override("de"):
            assert 'value="2027-01-04"' in DAY.render("until", date(2027, 1, 4))
