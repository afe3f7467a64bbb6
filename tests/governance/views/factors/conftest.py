"""An account that needs a second factor and one that does not, at a moment that stands still."""

import pytest
from django.core.cache import cache
from time_machine import TimeMachineFixture

from governance.choices import OrganisationKind
from governance.models import User
from tests.factories import NOW, make_organisation, make_user


@pytest.fixture(autouse=True)
def _moment(db: None, time_machine: TimeMachineFixture) -> None:
    cache.clear()
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def user() -> User:
    """Return an account of which nothing is demanded."""
    return make_user(organisation=make_organisation())


@pytest.fixture
def partner() -> User:
    """Return an account that needs a second factor."""
    return make_user(organisation=make_organisation(kind=OrganisationKind.PARTNER))
