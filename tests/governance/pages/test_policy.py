"""Who may do what, read off the table and off nothing else."""

import pytest

from governance.choices import Role
from governance.pages.policy import ONLY, YES, ActRow, act_rows, policy_page
from governance.permissions import acts
from governance.permissions.act import Act
from governance.permissions.table import policy


def row_of(act: Act) -> ActRow:
    """Return the row of an act."""
    (row,) = [each for each in act_rows() if each.act is act]
    return row


def says(act: Act, mark: str) -> set[str]:
    """Return the columns with a mark."""
    return {cell.column for cell in row_of(act).cells if cell.mark == mark}


class TestActRows:
    def test_hold_every_act_of_the_table_and_every_address(self) -> None:
        rows = act_rows()
        assert {row.act.key for row in rows} == {rule.act.key for rule in policy().values()}
        shown = {
            (place.name, method)
            for row in rows
            for place in row.places
            for method in place.methods.split(", ")
        }
        assert shown == set(policy())
        assert all(place.path.startswith("/") for row in rows for place in row.places)

    def test_say_who_may_by_role(self) -> None:
        assert says(acts.IMPORT_FILES, YES) == {
            "Project manager",
            "Test lead",
            "Change lead",
            "Data owner",
            "IT operations",
        }
        assert says(acts.RECORD_RUNS, YES) == (
            {role.label for role in Role if role != Role.AUDITOR} | {"Partner"}
        )

    def test_say_what_depends_on_the_row(self) -> None:
        marked = says(acts.SIGN, ONLY)
        assert "Process owner" in marked
        assert not marked & {"Partner", "Consultant", "Administrator", "Auditor"}
        assert not says(acts.SIGN, YES)
        assert row_of(acts.SIGN).note == "only the owner, the deputy or a delegate of the process"

    @pytest.mark.parametrize(
        ("act", "yes", "only"),
        [
            (acts.IMPORT_PORTFOLIO, {"Administrator"}, set()),
            (acts.ADMINISTER, {"Administrator"}, {"Partner"}),
        ],
    )
    def test_know_administrators(self, act: Act, yes: set[str], only: set[str]) -> None:
        if act in {rule.act for rule in policy().values()}:
            assert (says(act, YES), says(act, ONLY)) == (yes, only)

    def test_name_the_scope_of_a_token(self) -> None:
        assert row_of(acts.RECORD_RUNS).scopes == ["PUSH"]
        assert row_of(acts.SIGN).scopes == []


class TestPolicyPage:
    def test_has_a_column_for_each_role_and_the_two_others(self) -> None:
        page = policy_page()
        assert page.columns == [*(role.label for role in Role), "Administrator", "Partner"]
        for area in page.areas:
            assert area.rows
            for row in area.rows:
                assert [cell.column for cell in row.cells] == page.columns
