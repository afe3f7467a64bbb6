"""Name departments by hand, and who manages them."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Department, Project, User
from governance.services.marks import mark_projects


class DepartmentRefused(Exception):
    """Say why a department stays as it was, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@transaction.atomic
def open_department(*, project: Project, name: str, manager: User | None) -> Department:
    """Write a department that no file brought.

    :raises DepartmentRefused: the project has one of that name, or the manager is no active
        account of the client.
    """
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    wanted = _free_name(name, project=project)
    _check_manager(manager, project=project)
    row = Department.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        name=wanted,
        manager=manager,
        edition=_next_edition(wanted, project=project),
    )
    mark_projects(project_ids=[project.pk])
    return row


@transaction.atomic
def change_department(*, department: Department, name: str, manager: User | None) -> None:
    """Rename a department, and name its manager; one that a file brought keeps its name.

    :raises DepartmentRefused: as `open_department`, or another name for an imported one: the
        next file would bring the old one again.
    """
    project = Project.objects.select_for_update(of=("self",)).get(pk=department.project_id)
    held = Department.objects.get(pk=department.pk)
    if name.strip() != held.name:
        if held.import_run_id is not None:
            message = _("A file brought this name. Change it there, and import the file again.")
            raise DepartmentRefused(message, field="name")
        held.name = _free_name(name, project=project)
        held.edition = _next_edition(held.name, project=project)
    _check_manager(manager, project=project)
    held.manager = manager
    held.save(update_fields=["name", "edition", "manager"])
    mark_projects(project_ids=[project.pk])


def _free_name(name: str, *, project: Project) -> str:
    """Return a name that no department of the project has.

    :raises DepartmentRefused: it is empty or taken.
    """
    wanted = " ".join(name.split())
    if not wanted:
        raise DepartmentRefused(_("Give the department a name."), field="name")
    if Department.objects.filter(project=project, name__iexact=wanted).exists():
        raise DepartmentRefused(_("There is a department of that name already."), field="name")
    return wanted


def _next_edition(name: str, *, project: Project) -> int:
    """Return the number after those of the departments that undone imports brought."""
    named = Department._base_manager.filter(project=project, name=name)
    newest = named.order_by("-edition").values_list("edition", flat=True).first()
    return 0 if newest is None else newest + 1


def _check_manager(manager: User | None, *, project: Project) -> None:
    """Accept only an active account of the client's own business, or nobody.

    :raises DepartmentRefused: it is none.
    """
    if manager is None:
        return
    if manager.organisation_id != project.organisation_id or not manager.is_active:
        raise DepartmentRefused(_("Choose an active account of the client."), field="manager")
