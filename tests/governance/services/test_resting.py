"""What rests on an assumption: named by code, once, and not on what was found wrong."""

import pytest

from governance.choices import NoticeKind, Ruling
from governance.models import Assumption, Dependency, Notice, RecordEntry
from governance.services.assumptions import AssumptionRefused, Guess, rule_on, write_assumption
from governance.services.resting import note_resting
from tests.factories import NOW, make_process, make_scenario
from tests.people import Cast, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def cast() -> Cast:
    """Return everybody, and two scenarios; one of the same code is another client's."""
    found = make_cast()
    for code in ("S-1", "S-2"):
        make_scenario(project=found.project, code=code)
    make_scenario(project=found.other_project, code="S-9")
    return found


def written(cast: Cast, *codes: str) -> Assumption:
    return write_assumption(
        project=cast.project,
        guess=Guess(statement="One warehouse is enough.", scenarios=codes),
        made_by=cast.consultant,
        raised_at=NOW,
    )


class TestWriteAssumption:
    def test_keeps_what_rests_on_it_in_the_record(self, cast: Cast) -> None:
        assumption = written(cast, "S-1", "S-2", "S-1")
        rows = Dependency.objects.filter(assumption=assumption)
        assert sorted(row.code for row in rows) == ["S-1", "S-2"]
        assert RecordEntry.objects.filter(kind="DEPENDENCY_NOTED").count() == 2

    @pytest.mark.parametrize("code", ["S-9", "S-3"])
    def test_refuses_a_scenario_that_the_project_does_not_know(self, cast: Cast, code: str) -> None:
        with pytest.raises(AssumptionRefused, match=f"no scenario {code}"):
            written(cast, "S-1", code)
        assert not Dependency.objects.exists()

    def test_asks_the_owners_of_what_rests_on_it(self, cast: Cast) -> None:
        process = make_process(project=cast.project, owner=cast.process_owner)
        assumption = write_assumption(
            project=cast.project,
            guess=Guess(statement="One is enough.", blocked=[process]),
            made_by=cast.consultant,
            raised_at=NOW,
        )
        told = Notice.objects.get(kind=NoticeKind.ASSUMPTION_WAITS)
        assert told.account == cast.process_owner
        rule_on(
            assumption=assumption,
            ruling=Ruling.RATIFIED,
            reason="",
            ruled_by=cast.process_owner,
            ruled_at=NOW,
        )
        told.refresh_from_db()
        assert told.settled_at == NOW
        answer = Notice.objects.get(kind=NoticeKind.ASSUMPTION_RULED)
        assert answer.account == cast.consultant

    def test_asks_an_executive_where_nobody_owns_it(self, cast: Cast) -> None:
        written(cast)
        told = Notice.objects.get(kind=NoticeKind.ASSUMPTION_WAITS)
        assert told.account == cast.sponsor


class TestNoteResting:
    def test_adds_what_is_not_there_yet(self, cast: Cast) -> None:
        assumption = written(cast, "S-1")
        rows = note_resting(
            assumption=assumption,
            scenarios=["S-1", "S-2"],
            noted_by=cast.process_owner,
            noted_at=NOW,
        )
        assert [row.code for row in rows] == ["S-2"]

    def test_refuses_once_an_owner_found_it_wrong(self, cast: Cast) -> None:
        assumption = written(cast, "S-1")
        rule_on(
            assumption=assumption,
            ruling=Ruling.REJECTED,
            reason="There are two.",
            ruled_by=cast.process_owner,
            ruled_at=NOW,
        )
        with pytest.raises(AssumptionRefused, match="found it wrong"):
            note_resting(
                assumption=assumption,
                scenarios=["S-2"],
                noted_by=cast.process_owner,
                noted_at=NOW,
            )
