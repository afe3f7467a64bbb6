"""The people whom a judgement names for its actions."""

import pytest

from governance.choices import Role
from governance.models import Participation
from tests.factories import join
from tests.people import Cast
from tests.readiness.services.evaluation.cases import DAY, NOW, body_of, judged

pytestmark = pytest.mark.django_db


class TestWhoIsNamed:
    def test_is_the_one_client_person_who_holds_the_role_at_the_moment(self, cast: Cast) -> None:
        Participation.objects.update(started_at=NOW - DAY)
        former = join(project=cast.project, user=cast.auditor, role=Role.PROJECT_MANAGER)
        Participation.objects.filter(pk=former.pk).update(started_at=NOW - DAY, ended_at=NOW)
        Participation.objects.filter(role=Role.PROCESS_OWNER).update(ended_at=NOW)
        actions = {each["criterion"]: each for each in body_of(judged(cast.project))["actions"]}
        assert actions["UX-20"]["who"] == ["Project_Manager (Project manager)"]
        assert actions["UX-02"]["who"] == ["Process owner", "Sponsor (Sponsor)"]
