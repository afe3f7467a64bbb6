"""Write what became of an account into the record of every project it takes part in."""

from django.db import transaction
from django.db.models import Model

from governance.models import Project, User
from governance.record.log import append_together
from governance.record.witnessing import witness_of


@transaction.atomic
def witness_everywhere(*rows: Model, account: User, actor: User) -> None:
    """Append rows of an account to the record of each running project it takes part in now.

    Call it last; the records are locked in the order of their projects.
    """
    projects = Project.objects.running().taken_part_in(account).select_related("organisation")
    found = list(projects.order_by("pk"))
    deeds = [witness_of(type(row)).deed(row, actor=actor) for row in rows]
    append_together([(project, deed) for project in found for deed in deeds])
