"""The demo is one story: whole, the same at every load, and judged from its facts."""

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from governance.choices import Affiliation, ProcessLevel, SignoffAct, SignoffKind
from governance.models import BusinessProcess, Department, Person, Project, Signoff
from readiness.choices import FindingState, SnapshotTrigger, Verdict
from readiness.models import Acceptance, Night, Snapshot
from tests.counting import rows_of
from uat.choices import ScenarioClass
from uat.models import Execution, Scenario


def load(**options: Any) -> str:
    told = io.StringIO()
    call_command("load_demo", stdout=told, **options)
    return told.getvalue()


def findings_of(snapshot: Snapshot) -> dict[str, dict[str, Any]]:
    gates = json.loads(snapshot.body)["gates"]
    return {row["criterion"]: row for gate in gates for row in gate["findings"]}


@pytest.mark.django_db
@pytest.mark.slow
class TestLoadDemo:
    @pytest.fixture(autouse=True)
    def _demo_mode(self, settings: Settings) -> None:
        settings.DEMO_MODE = True

    def test_tells_one_story_as_the_readme_does(self) -> None:
        assert "Every demo account's password" in load(nights=2)
        self._check_sizes(Project.objects.get(slug="orion"))
        self._check_verdicts()
        self._check_acts(Project.objects.get(slug="orion"))
        assert "loaded already" in load(nights=2)
        assert Project.objects.count() == 13

    def _check_sizes(self, orion: Project) -> None:
        people = Person.objects.filter(project=orion)
        nodes = BusinessProcess.objects.filter(project=orion)
        scenarios = Scenario.objects.filter(project=orion)
        assert (people.count(), Department.objects.filter(project=orion).count()) == (400, 9)
        assert people.values("site").distinct().count() == 3
        assert nodes.filter(level=ProcessLevel.END_TO_END).count() == 12
        assert nodes.filter(level=ProcessLevel.AREA).count() == 60
        assert scenarios.count() == 350
        classes = set(scenarios.values_list("scenario_class", flat=True))
        assert classes == set(ScenarioClass.values) - {ScenarioClass.UNCLASSIFIED}
        sides = set(Execution.objects.filter(project=orion).values_list("affiliation", flat=True))
        assert sides == {Affiliation.CLIENT, Affiliation.PARTNER}

    def _check_verdicts(self) -> None:
        newest = {
            project.slug: Snapshot.objects.filter(project=project).newest_first()[0]
            for project in Project.objects.all()
        }
        verdicts = {slug: snapshot.verdict for slug, snapshot in newest.items()}
        assert verdicts["orion"] == Verdict.NO_GO
        assert verdicts["treasury"] == Verdict.CONDITIONAL
        assert verdicts["baltic"] == Verdict.GO
        assert Night.objects.filter(snapshot__trigger=SnapshotTrigger.BACKFILL).count() == 26
        reported = json.loads(newest["orion"].body)["reported"]
        assert "GREEN" in json.dumps(reported)

    def _check_acts(self, orion: Project) -> None:
        signed = Signoff.objects.filter(project=orion)
        acts = list(signed.of_evidence().values_list("act", flat=True))
        assert sorted(acts) == [SignoffAct.REFUSED, SignoffAct.SIGNED, SignoffAct.SIGNED]
        newest = findings_of(Snapshot.objects.filter(project=orion).newest_first()[0])
        assert newest["UX-17"]["done"] == 1, "one of the two signatures is stale"
        assert newest["DX-02"]["done"] == signed.filter(kind=SignoffKind.SCOPE).count() == 5
        assert newest["UE-06a"]["state"] == FindingState.ACCEPTED
        ends = Acceptance.objects.get(project=orion).expires_at - timezone.now()
        assert timedelta(0) < ends < timedelta(days=7)

    def test_is_the_same_at_every_load(self) -> None:
        counts = []
        for _ in range(2):
            cache.clear()  # it remembers which codes were used
            with transaction.atomic():
                load(nights=0, today=date(2026, 3, 4))
                counts.append(rows_of("governance", "training", "uat", "readiness"))
                transaction.set_rollback(True)
        assert counts[0] == counts[1]
        assert counts[0]["uat.Execution"] > 500

    def test_is_refused_where_real_people_work(self, settings: Settings) -> None:
        settings.DEMO_MODE = False
        settings.DEBUG = False
        with pytest.raises(CommandError, match="DEMO_MODE=1"):
            load()
