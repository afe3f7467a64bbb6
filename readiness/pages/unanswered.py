"""People who have not answered: what is asked of each of them, and since when.

`at` is the moment of looking; days are counted in the project's own zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.choices import Affiliation
from governance.models import BusinessProcess, Decision, Person, Project, User
from governance.pages.trail import Step, trail_of
from governance.pages.waiting import days_between
from readiness.models import AcceptanceRequest
from readiness.pages.words import number_text
from readiness.pages.work.governing import wanted_signatures
from training.models import JobRoleAssignment, Requirement, Standing
from uat.models import Execution, TesterAssignment

KINDS: dict[str, str | Promise] = {
    "SIGNOFF": gettext_lazy("Signatures"),
    "TEST": gettext_lazy("Tests"),
    "TRAINING": gettext_lazy("Training"),
    "DECISION": gettext_lazy("Decisions"),
    "RISK": gettext_lazy("Risks"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing somebody was asked and has not answered."""

    kind: str
    text: str
    href: str
    since: datetime
    age: str


@dataclass(frozen=True, slots=True)
class Silent:
    """One person, with what is asked, the oldest first; `href` leads to the roster entry."""

    name: str
    note: str
    href: str
    asks: list[Asked]
    is_named: bool = True

    @property
    def since(self) -> datetime:
        """Return since when the oldest question waits."""
        return self.asks[0].since


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many people have not answered questions of one kind."""

    code: str
    word: str
    people: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Everybody who has not answered, who waits longest first."""

    people: list[Silent]
    kinds: list[KindCount]
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class _Who:
    """Somebody who is asked: an account, a roster entry, or both."""

    account: User | None = None
    person: Person | None = None

    @property
    def key(self) -> tuple[str, int]:
        """Return what makes two questions go to the same person."""
        account_id = self.account.pk if self.account else self.person and self.person.account_id
        if account_id:
            return "account", account_id
        return "person", self.person.pk if self.person else 0


Question = tuple[_Who, Asked]


@dataclass(frozen=True, slots=True)
class _Look:
    project: Project
    at: datetime

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone of the project."""
        return ZoneInfo(self.project.time_zone)

    @property
    def today(self) -> date:
        """Return the project's own date."""
        return self.at.astimezone(self.zone).date()

    def asked(self, kind: str, text: str, *, href: str, since: datetime) -> Asked:
        """Return a question with its age."""
        return Asked(kind, text, href, since, days_between(since, self.at))

    def midnight(self, day: date) -> datetime:
        """Return the first instant of a day of the project."""
        return datetime.combine(day, time.min, tzinfo=self.zone)

    def address(self, name: str, *words: object) -> str:
        """Return where something of the project is."""
        return reverse(name, args=[self.project.public_id, *words])


def unanswered(project: Project, *, at: datetime, kind: str = "") -> Unanswered:
    """Return who has not answered in a project; of one kind of question, or of any."""
    look = _Look(project, at)
    questions = [
        *_owners(look),
        *_testers(look),
        *_trainees(look),
        *_deciders(look),
        *_executives(look),
    ]
    silent = _by_person(look, [each for each in questions if kind in {"", each[1].kind}])
    return Unanswered(
        people=silent,
        kinds=[
            KindCount(
                code,
                str(word),
                len({who.key for who, asked in questions if asked.kind == code}),
                code == kind,
            )
            for code, word in KINDS.items()
        ],
        answer=_answer(silent),
        trail=trail_of(project, _("Not answered")),
    )


def _answer(silent: list[Silent]) -> str:
    if not silent:
        return _("Everybody who was asked has answered.")
    first = next((each for each in silent if each.is_named), silent[0])
    if not first.is_named:
        return f"{first.name}."
    said = ngettext(
        "%(number)s person has not answered; %(name)s was asked %(age)s ago.",
        "%(number)s people have not answered; %(name)s was asked first, %(age)s ago.",
        len(silent),
    )
    return said % {
        "number": number_text(len(silent)),
        "name": first.name,
        "age": first.asks[0].age,
    }


def _by_person(look: _Look, questions: list[Question]) -> list[Silent]:
    grouped: dict[tuple[str, int], list[Question]] = {}
    for who, asked in questions:
        grouped.setdefault(who.key, []).append((who, asked))
    silent = [_silent(look, asked_of) for asked_of in grouped.values()]
    return sorted(silent, key=lambda each: (each.since, each.name))


def _silent(look: _Look, questions: list[Question]) -> Silent:
    people = [who.person for who, _asked in questions if who.person]
    accounts = [who.account for who, _asked in questions if who.account]
    asks = sorted((asked for _who, asked in questions), key=lambda each: (each.since, each.text))
    person = people[0] if people else None
    name = accounts[0].name if accounts else person.name if person else _("Nobody is named")
    department = str(person.department) if person and person.department else ""
    href = look.address("training:person-detail", person.public_id) if person else ""
    return Silent(name, department, href, asks, is_named=bool(people or accounts))


def _owners(look: _Look) -> Iterator[Question]:
    owned = BusinessProcess.objects.filter(
        project=look.project, accountable=F("pk"), in_scope=True, owner__isnull=False
    )
    for process, wanted, since in wanted_signatures(owned.select_related("owner"), at=look.at):
        yield (
            _Who(account=process.owner),
            look.asked(
                "SIGNOFF",
                wanted,
                href=look.address("readiness:process-detail", process.public_id),
                since=since,
            ),
        )


def _testers(look: _Look) -> Iterator[Question]:
    ran = Execution.objects.filter(
        project=look.project, affiliation=Affiliation.CLIENT, person__isnull=False
    )
    assigned = TesterAssignment.objects.filter(
        Q(from_date__isnull=True) | Q(from_date__lte=look.today),
        Q(person__left_date__isnull=True) | Q(person__left_date__gte=look.today),
        project=look.project,
    ).exclude(person__in=ran.values("person"))
    found = assigned.select_related("person__department", "person__account", "process")
    for row in found.order_by("pk"):
        text = _("Run a first scenario of %(process)s") % {"process": row.process}
        yield (
            _Who(account=row.person.account, person=row.person),
            look.asked(
                "TEST",
                text if row.process else _("Run a first scenario"),
                href=f"{look.address('uat:scenario-list')}?state=open",
                since=look.midnight(row.from_date) if row.from_date else row.recorded_at,
            ),
        )


def _trainees(look: _Look) -> Iterator[Question]:
    needed = Requirement.objects.filter(project=look.project, is_mandatory=True)
    begun = Standing.objects.filter(project=look.project)
    held = JobRoleAssignment.objects.filter(
        Q(from_date__isnull=True) | Q(from_date__lte=look.today),
        Q(to_date__isnull=True) | Q(to_date__gte=look.today),
        Q(person__joined_date__isnull=True) | Q(person__joined_date__lte=look.today),
        Q(person__left_date__isnull=True) | Q(person__left_date__gte=look.today),
        project=look.project,
        job_role__in=needed.values("job_role"),
    ).exclude(person__in=begun.values("person"))
    seen: set[int] = set()
    found = held.select_related("person__department", "person__account", "job_role")
    for row in found.order_by("recorded_at", "pk"):
        if row.person_id not in seen:
            seen.add(row.person_id)
            yield (
                _Who(account=row.person.account, person=row.person),
                look.asked(
                    "TRAINING",
                    _("Begin the training of %(role)s") % {"role": row.job_role.name},
                    href=look.address("training:person-detail", row.person.public_id),
                    since=look.midnight(row.from_date) if row.from_date else row.recorded_at,
                ),
            )


def _deciders(look: _Look) -> Iterator[Question]:
    waiting = Decision.objects.filter(project=look.project).waiting()
    for decision in waiting.overdue_on(look.today).select_related("decider"):
        if decision.due_date:
            yield (
                _Who(account=decision.decider),
                look.asked(
                    "DECISION",
                    str(decision),
                    href=look.address("governance:decision-detail", decision.public_id),
                    since=look.midnight(decision.due_date),
                ),
            )


def _executives(look: _Look) -> Iterator[Question]:
    waiting = AcceptanceRequest.objects.filter(project=look.project).waiting()
    for request in waiting.select_related("asked"):
        yield (
            _Who(account=request.asked),
            look.asked(
                "RISK",
                _("Accept or decline the risk of %(criterion)s")
                % {"criterion": request.criterion_key},
                href=look.address("readiness:request-detail", request.public_id),
                since=request.requested_at,
            ),
        )
