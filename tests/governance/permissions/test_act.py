"""Whose seat may do an act, and which account may that is in no project."""

import pytest

from governance.choices import OrganisationKind, Role
from governance.models import Organisation, Project, User
from governance.permissions.act import Act, Area, Door
from governance.permissions.seats import ALL_ROLES, Seat

CLIENT, OTHER = Organisation(pk=1), Organisation(pk=2)
PROJECT = Project(pk=1, organisation=CLIENT)
ACT = Act("test", Area.TESTING, "Test", roles=frozenset({Role.TEST_LEAD}))
WITH_PARTNER = Act("both", Area.TESTING, "Test", roles=frozenset({Role.TEST_LEAD}), partner=True)
FOR_ADMINISTRATORS = Act("admin", Area.TESTING, "Test", administrators=True)


def seat(*roles: str, kind: str = OrganisationKind.CLIENT, administrator: bool = False) -> Seat:
    """Return a seat of somebody of the client, or of a partner."""
    organisation = CLIENT if kind == OrganisationKind.CLIENT else OTHER
    user = User(organisation=organisation, kind=kind, is_administrator=administrator)
    return Seat(user, PROJECT, frozenset(roles))


PARTNER = OrganisationKind.PARTNER


class TestAllows:
    def test_asks_for_one_of_its_roles(self) -> None:
        assert ACT.allows(seat(Role.AUDITOR, Role.TEST_LEAD))
        assert not ACT.allows(seat(Role.AUDITOR))
        assert not ACT.allows(seat())

    def test_is_for_a_partners_account_only_where_it_says_so(self) -> None:
        assert not ACT.allows(seat(Role.TEST_LEAD, kind=PARTNER))
        assert WITH_PARTNER.allows(seat(Role.TEST_LEAD, kind=PARTNER))
        assert not WITH_PARTNER.allows(seat(Role.AUDITOR, kind=PARTNER))

    def test_is_never_for_the_account_of_another_client(self) -> None:
        held = Seat(
            User(organisation=OTHER, kind=OrganisationKind.CLIENT, is_administrator=True),
            PROJECT,
            ALL_ROLES,
        )
        for act in (ACT, WITH_PARTNER, FOR_ADMINISTRATORS):
            assert not act.allows(held)

    def test_is_for_the_clients_administrators_where_it_says_so(self) -> None:
        assert FOR_ADMINISTRATORS.allows(seat(administrator=True))
        assert not ACT.allows(seat(administrator=True))
        assert not FOR_ADMINISTRATORS.allows(seat(*ALL_ROLES, kind=PARTNER, administrator=True))


class TestAllowsAccount:
    @pytest.mark.parametrize(
        ("door", "partner", "expected"),
        [
            (Door.PUBLIC, False, (True, True, True, True)),
            (Door.SIGNED_IN, False, (True, True, True, True)),
            (Door.ADMINISTRATOR, False, (False, True, False, False)),
            (Door.ADMINISTRATOR, True, (False, True, False, True)),
            (Door.PROJECT, True, (False, False, False, False)),
        ],
    )
    def test_asks_at_the_door(self, door: Door, partner: bool, expected: tuple[bool, ...]) -> None:
        act = Act("test", Area.ACCOUNTS, "Test", door, partner=partner)
        asked = [
            User(kind=kind, is_administrator=administrator)
            for kind in OrganisationKind
            for administrator in (False, True)
        ]
        assert tuple(act.allows_account(user) for user in asked) == expected
