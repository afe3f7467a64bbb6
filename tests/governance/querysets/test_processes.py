"""Only processes in scope, at the level that is owned and signed, wait for an owner."""

import pytest

from governance.models import BusinessProcess
from tests.factories import make_process, make_project

pytestmark = pytest.mark.django_db


class TestAccountable:
    def test_keeps_what_answers_for_itself_and_is_in_scope(self) -> None:
        project = make_project()
        owned = make_process(project=project, code="10")
        make_process(project=project, code="10.1", accountable=owned)
        make_process(project=project, code="20", in_scope=False)
        assert list(BusinessProcess.objects.accountable()) == [owned]
