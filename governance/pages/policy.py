"""Who may do what, as the policy table says it: acts down, roles across."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from governance.choices import Role, Scope
from governance.permissions.act import Act, Area, Door
from governance.permissions.addresses import addresses
from governance.permissions.table import policy

YES, ONLY, NO = "yes", "only", "no"
ADMINISTRATOR = gettext_lazy("Administrator")
PARTNER = gettext_lazy("Partner")
ANYBODY = gettext_lazy("Everybody may, without signing in.")
ANY_ACCOUNT = gettext_lazy("Every account may.")
EVERYBODY_THERE = gettext_lazy("Everybody may who takes part in the project.")


@dataclass(frozen=True, slots=True)
class Cell:
    """What the table says for one role: yes, only under a condition, or no."""

    column: str
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """One address of an act, by the methods that are this act."""

    name: str
    path: str
    methods: str
    scope: str


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act, who may do it, and where."""

    act: Act
    words: str
    note: str
    cells: list[Cell]
    places: list[Place]

    @property
    def scopes(self) -> list[str]:
        """Return the scopes of tokens that may do it over REST."""
        return sorted({place.scope for place in self.places if place.scope})


@dataclass(frozen=True, slots=True)
class AreaRows:
    """The acts of one part of the product."""

    label: str
    rows: list[ActRow]


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """The whole table, by areas."""

    columns: list[str]
    areas: list[AreaRows]
    answer: str


def policy_page() -> PolicyPage:
    """Return who may do what, in the reader's language."""
    rows = act_rows()
    areas = [
        AreaRows(str(area.label), [row for row in rows if row.act.area == area]) for area in Area
    ]
    said = ngettext(
        "%(n)d act, and who may do it. What is not listed here, nobody may do.",
        "%(n)d acts, and who may do each. What is not listed here, nobody may do.",
        len(rows),
    )
    return PolicyPage(
        columns=[*(str(role.label) for role in Role), str(ADMINISTRATOR), str(PARTNER)],
        areas=[area for area in areas if area.rows],
        answer=said % {"n": len(rows)},
    )


def act_rows() -> list[ActRow]:
    """Return every act of the table once, by area, in the order of the table."""
    acts = {rule.act.key: rule.act for rule in policy().values()}
    places = _places(_paths())
    order = list(Area.values)
    return [
        ActRow(act, str(act.words), _note(act), _cells(act), places[act.key])
        for act in sorted(acts.values(), key=lambda act: order.index(act.area))
    ]


def _paths() -> dict[str, str]:
    return {address.name: address.pattern for address in addresses()}


def _places(paths: Mapping[str, str]) -> dict[str, list[Place]]:
    """Return the addresses of each act; those of one name stand in one line."""
    methods: dict[tuple[str, str, Scope | None], list[str]] = {}
    for (name, method), rule in policy().items():
        methods.setdefault((rule.act.key, name, rule.scope), []).append(method)
    found: dict[str, list[Place]] = {}
    for (key, name, scope), held in methods.items():
        path = paths.get(name, "")
        found.setdefault(key, []).append(Place(name, path, ", ".join(held), str(scope or "")))
    return found


def _note(act: Act) -> str:
    """Return what the marks alone do not say."""
    if act.narrower:
        return str(act.narrower)
    if act.door is Door.PUBLIC:
        return str(ANYBODY)
    if act.door is Door.SIGNED_IN:
        return str(ANY_ACCOUNT)
    return str(EVERYBODY_THERE) if act.asks_no_role else ""


def _cells(act: Act) -> list[Cell]:
    held = [_cell(str(role.label), role in act.held_by, act) for role in Role]
    return [*held, _cell(str(ADMINISTRATOR), act.is_for_administrators, act), _partner(act)]


def _cell(column: str, may: bool, act: Act) -> Cell:
    if not may:
        return Cell(column, NO, pgettext("allowance", "no"))
    if act.narrower:
        return Cell(column, ONLY, str(act.narrower))
    return Cell(column, YES, pgettext("allowance", "yes"))


def _partner(act: Act) -> Cell:
    column = str(PARTNER)
    if act.door is Door.ADMINISTRATOR and act.partner:
        return Cell(column, ONLY, _("only an administrator, for the own organisation"))
    return _cell(column, act.is_for_partners, act)
