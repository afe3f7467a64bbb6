"""A portfolio: projects with their dates and departments, and the colours reported for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from django.utils.text import slugify

from governance.choices import OrganisationKind
from governance.imports.columns import gather, lay_over
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import CellRefused, Ledger
from governance.imports.limits import Unreadable
from governance.imports.tables import Table
from governance.models import Department, Project
from governance.querysets.bulk import insert_rows
from governance.record.witnessing import witness_all
from governance.services.marks import mark_projects
from governance.services.projects import record_openings, write_project
from readiness.imports.portfolio_rows import Line, PortfolioReader, Status, project_key
from readiness.imports.portfolio_tables import PLAIN, REPORT, report_year, shaped
from readiness.models import Policy, ReportedStatus
from readiness.services.policies import adopt_together, newest_shipped_policy

SOURCE = "portfolio"
LONGEST_SLUG = 80
STATUS_FIELDS = (
    "organisation_id",
    "project_id",
    "gate_key",
    "colour",
    "original",
    "note",
    "reporter_name",
    "reported_at",
    "source",
)


@dataclass(slots=True)
class Plan:
    """The rows to write, and the projects that are there already by key."""

    lines: list[Line] = field(default_factory=list)
    present: dict[str, Project] = field(default_factory=dict)


class PortfolioImport(Importer):
    """Make projects, and keep the colours that were reported for them."""

    kind: ClassVar[str] = "portfolio"
    wants: ClassVar[str] = "Project, Go-live date (or a yearly portfolio report)"

    def recognises(self, table: Table) -> bool:
        """Say whether the table is a portfolio, with projects as rows or as columns."""
        return shaped(table) is not None

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> Plan:
        """Read the rows; refuse impossible dates, unknown colours and statuses told differently.

        :raises Unreadable: the organisation is no client, or a report has no year.
        """
        if context.organisation.kind != OrganisationKind.CLIENT:
            raise Unreadable("A portfolio belongs to a client, not to a partner.")
        plan = Plan(present=_present(context))
        for table in filter(None, map(shaped, tables)):
            found = _read(table, context=context, ledger=ledger)
            _sort(found, file=table.name, plan=plan, ledger=ledger)
        return plan

    def write(self, plan: Plan, context: Context) -> Tally:
        """Write projects that are new, then departments, then statuses."""
        projects = dict(plan.present)
        opened = _open(plan.lines, projects=projects, context=context)
        filled = _fill(plan.lines, projects=projects, opened=opened)
        departments = _add_departments(plan.lines, projects=projects)
        told = _add_statuses(plan.lines, projects=projects)
        changed = opened | filled
        mark_projects(project_ids={projects[key].pk for key in changed | {key for key, _ in told}})
        taken = sum(line.key in changed or _name_of_status(line) in told for line in plan.lines)
        tally = Tally(taken=taken, unchanged=len(plan.lines) - taken)
        tally.counts.update(projects=len(opened), departments=departments, statuses=len(told))
        return tally


def _name_of_status(line: Line) -> tuple[str, str]:
    """Return what tells the statuses of one file apart."""
    return line.key, f"{line.status.source} {line.status.reported_at}" if line.status else ""


def _present(context: Context) -> dict[str, Project]:
    """Return the client's projects by key; one that came in under another name keeps its key."""
    projects = list(Project.objects.filter(organisation=context.organisation))
    by_name = {project_key(project.name): project for project in projects}
    return by_name | {project.external_id: project for project in projects if project.external_id}


def _read(table: Table, *, context: Context, ledger: Ledger) -> list[tuple[int, Line]]:
    sheet = lay_over(table, REPORT)
    if sheet is not None:
        year = 0 if sheet.has("year") else report_year(table, context)
        return gather(sheet, ledger, PortfolioReader(context, year=year).read_report)
    plain = lay_over(table, PLAIN)
    return gather(plain, ledger, PortfolioReader(context).read_plain) if plain else []


def _sort(found: Sequence[tuple[int, Line]], *, file: str, plan: Plan, ledger: Ledger) -> None:
    """Keep the rows whose status is new or the same as before."""
    known = _known_statuses(plan.present)
    slugs = {project.slug: key for key, project in plan.present.items()}
    for number, line in found:
        why = _contradiction(line, known=known, plan=plan) or _taken_slug(line, slugs=slugs)
        if why is not None:
            ledger.refuse(file, number, why)
        else:
            plan.lines.append(line)


def _known_statuses(present: dict[str, Project]) -> dict[tuple[int, object, str], tuple[str, str]]:
    rows = ReportedStatus.objects.filter(
        project__in={project.pk for project in present.values()}, gate_key=""
    ).values_list("project_id", "reported_at", "source", "colour", "original")
    return {(project, at, source): (colour, said) for project, at, source, colour, said in rows}


def _contradiction(
    line: Line, *, known: dict[tuple[int, object, str], tuple[str, str]], plan: Plan
) -> CellRefused | None:
    project, status = plan.present.get(line.key), line.status
    if project is None or status is None:
        return None
    before = known.get((project.pk, status.reported_at, status.source))
    if before in (None, (status.colour, status.original)):
        return None
    return CellRefused(
        column="Status",
        value=status.original,
        reason=f"differs from “{before[1] if before else ''}”, imported before for the same report",
        remedy="A reported status is never changed. Report a new one with its own date.",
    )


def _taken_slug(line: Line, *, slugs: dict[str, str]) -> CellRefused | None:
    if not line.slug or slugs.setdefault(line.slug, line.key) == line.key:
        return None
    return CellRefused(
        column="Slug",
        value=line.slug,
        reason="is the short name of another project",
        remedy="Choose another one.",
    )


def _open(lines: Sequence[Line], *, projects: dict[str, Project], context: Context) -> set[str]:
    """Open the projects that are not there, each with a slug of its own; return their keys."""
    slugs = {project.slug for project in projects.values()}
    slugs |= {line.slug for line in lines}
    opened: dict[str, Project] = {}
    for line in lines:
        if line.key in projects:
            continue
        stated = {name: value for name, value in line.fields.items() if value}
        projects[line.key] = opened[line.key] = write_project(
            organisation=context.organisation,
            name=line.name,
            slug=line.slug or _free_slug(line.name, slugs),
            go_live_date=line.go_live,
            opened_at=context.moment,
            source=SOURCE,
            external_id=line.key,
            **stated,
        )
    new = list(opened.values())
    record_openings(new)
    if new and Policy.objects.filter(organisation=None).exists():
        adopt_together(projects=new, policy=newest_shipped_policy())
    return set(opened)


def _free_slug(name: str, slugs: set[str]) -> str:
    """Return a short name that nobody has, and take it."""
    base = slugify(name)[: LONGEST_SLUG - 5].strip("-") or "project"
    slug, number = base, 1
    while slug in slugs:
        number += 1
        slug = f"{base}-{number}"
    slugs.add(slug)
    return slug


def _fill(lines: Sequence[Line], *, projects: dict[str, Project], opened: set[str]) -> set[str]:
    """Fill what a project left empty; what is there stays, and only decisions move the date."""
    filled: set[str] = set()
    for line in lines:
        project = projects[line.key]
        names = [
            name
            for name, value in line.fields.items()
            if value and name != "phase" and getattr(project, name) in (None, "")
        ]
        if line.key in opened or not names:
            continue
        for name in names:
            setattr(project, name, line.fields[name])
        project.save(update_fields=names)
        filled.add(line.key)
    return filled


def _add_departments(lines: Sequence[Line], *, projects: dict[str, Project]) -> int:
    """Add the departments that a project has not named yet, in whatever case; count them."""
    rows = Department.objects.filter(project__in={project.pk for project in projects.values()})
    present = {(pk, name.casefold()) for pk, name in rows.values_list("project_id", "name")}
    missing: dict[tuple[int, str], Department] = {}
    for line in lines:
        project = projects[line.key]
        key = (project.pk, line.department.casefold())
        if line.department and key not in present:
            missing[key] = Department(
                organisation_id=project.organisation_id, project=project, name=line.department
            )
    Department.objects.bulk_create(missing.values())
    return len(missing)


def _add_statuses(lines: Sequence[Line], *, projects: dict[str, Project]) -> set[tuple[str, str]]:
    """Write the statuses that are new and return their names."""
    known = _known_statuses(projects)
    fresh = {
        (projects[line.key].pk, line.status.reported_at, line.status.source): line
        for line in lines
        if line.status is not None
    }
    new = [line for key, line in fresh.items() if key not in known]
    rows = [
        _status_row(projects[line.key], line=line, status=line.status)
        for line in new
        if line.status is not None
    ]
    insert_rows(ReportedStatus, fields=STATUS_FIELDS, rows=rows)
    _record_statuses({key for key in fresh if key not in known})
    return {_name_of_status(line) for line in new}


def _record_statuses(keys: Collection[tuple[int, object, str]]) -> None:
    """Append the statuses of these projects, moments and sources to the projects' records."""
    ids = {key[0] for key in keys}
    mark_projects(project_ids=ids)  # a mark is taken before the end of a record, never after
    rows = ReportedStatus.objects.filter(project__in=ids, gate_key="")
    rows = rows.select_related("project__organisation").order_by("pk")
    told = [row for row in rows if (row.project_id, row.reported_at, row.source) in keys]
    witness_all(told, actor=None)


def _status_row(project: Project, *, line: Line, status: Status) -> tuple[object, ...]:
    note = status.note
    if line.go_live is not None and line.go_live != project.go_live_date:
        held = project.go_live_date or "no date"
        note = f"The report gives {line.go_live} as end date; the project holds {held}.\n{note}"
    return (
        project.organisation_id,
        project.pk,
        "",
        status.colour,
        status.original,
        note.strip(),
        status.reporter,
        status.reported_at,
        status.source,
    )
