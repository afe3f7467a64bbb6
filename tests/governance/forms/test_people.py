"""What administrators fill in about people."""

import pytest

from governance.forms.people import RoleForm
from tests.people import make_cast

pytestmark = pytest.mark.django_db


class TestRoleForm:
    def test_gives_no_role_that_nobody_chose(self) -> None:
        cast = make_cast()
        sent = {"project": str(cast.project.public_id), "role": ""}
        shown = str(RoleForm(administrator=cast.administrator)["role"])
        assert shown.index('value="" selected') < shown.index('value="SPONSOR"')
        assert list(RoleForm(sent, administrator=cast.administrator).errors) == ["role"]
        sent["role"] = "AUDITOR"
        assert RoleForm(sent, administrator=cast.administrator).is_valid()
