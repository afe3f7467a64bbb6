"""Write down which powers the project manager is to have; the sponsor's signature grants them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import NoticeKind, Power, SignoffAct, SignoffKind
from governance.metrics.charters import charter_content
from governance.models import Charter, Project, Signoff, User
from governance.models.authority import POWERS
from governance.outbox import News, settle, tell
from governance.querysets.scope import project_words
from governance.record.canonical import canonical, sha256_of
from governance.record.witnessing import witness
from governance.services.marks import mark_projects
from governance.services.seating import (
    holds_executive_seat,
    is_project_manager,
    is_sponsor,
    sponsors_of,
)

CHARTER_VERSION = 1


class CharterRefused(Exception):
    """Say why no charter was written, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Powers:
    """Who is to have which powers, and why any is withheld."""

    project_manager: User
    granted: frozenset[Power]
    withheld_reason: str = ""


@transaction.atomic
def write_charter(
    *, project: Project, powers: Powers, written_by: User, written_at: datetime
) -> Charter:
    """Write the next version of the charter; it holds once the sponsor signs it.

    The version before stays on record and grants nothing from now on.

    :raises CharterRefused: the writer neither leads nor steers the project, the one it is for
        does not manage it or signs it, a power is withheld without a reason, or nothing in it
        is new.
    """
    held = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not (
        holds_executive_seat(written_by, project=held)
        or is_project_manager(written_by, project=held)
    ):
        message = _("The sponsor, the steering or the project manager writes the charter.")
        raise CharterRefused(message)
    check_manager(powers.project_manager, project=held)
    reason = _reason_of(powers)
    newest = Charter.objects.filter(project=held).newest_first().first()
    columns = {column: power in powers.granted for power, column in POWERS.items()}
    if newest is not None and _says_the_same(newest, powers, reason):
        raise CharterRefused(_("The newest version says exactly this already."))
    row = Charter.objects.create(
        organisation_id=held.organisation_id,
        project=held,
        project_manager=powers.project_manager,
        withheld_reason=reason,
        written_by=written_by,
        written_at=written_at,
        **columns,
    )
    mark_projects(project_ids=[held.pk])
    if newest is not None:
        _settle(newest, at=written_at)
    _tell(row)
    witness(row, actor=written_by)
    return row


def newest_charter(project: Project) -> Charter | None:
    """Return the version that was written last; None where there is none."""
    rows = Charter.objects.filter(project=project).newest_first()
    return rows.select_related("project_manager", "written_by").first()


def charter_in_force(project: Project) -> Charter | None:
    """Return the newest charter where it is signed as it is and its manager manages still."""
    newest = newest_charter(project)
    if newest is None or not is_project_manager(newest.project_manager, project=project):
        return None
    signature = charter_signature(project)
    return newest if signature is not None and signs(signature, charter=newest) else None


def charter_signature(project: Project) -> Signoff | None:
    """Return the sponsor's newest word on a charter; None where nobody gave one."""
    acts = Signoff.objects.filter(project=project)
    return acts.over(project.public_id, kind=SignoffKind.CHARTER).newest_first().first()


def charter_body(charter: Charter) -> str:
    """Return what is signed of a charter: the same bytes as the document that is shown."""
    names = project_words(project_ids=[charter.project_id])
    content = {"project": names[charter.project_id], "charter": charter_content(charter)}
    return canonical({"version": CHARTER_VERSION, **content})


def signs(act: Signoff, *, charter: Charter) -> bool:
    """Say whether a word is a signature over just this version."""
    is_signed = act.act == SignoffAct.SIGNED
    return is_signed and act.evidence_hash == sha256_of(charter_body(charter))


def charter_gap(project: Project) -> str:
    """Return why there is no charter to sign; empty where there is one."""
    newest = newest_charter(project)
    if newest is None:
        return _("Nobody has written a charter yet.")
    if not is_project_manager(newest.project_manager, project=project):
        message = _("%(name)s no longer manages this project. Write a new charter first.")
        return message % {"name": newest.project_manager.name}
    return ""


def grants(project: Project, *, power: Power, account: User) -> bool:
    """Say whether an account has a power by a charter that holds."""
    charter = charter_in_force(project)
    if charter is None or charter.project_manager_id != account.pk:
        return False
    return power in charter.granted


def settle_charter(project: Project, *, at: datetime) -> None:
    """Say that the sponsor gave a word on the newest charter: nobody is reminded of it."""
    newest = newest_charter(project)
    if newest is not None:
        _settle(newest, at=at)


def check_manager(account: User, *, project: Project) -> None:
    """Accept only the client's own project manager, who is not the sponsor as well.

    :raises CharterRefused: it is somebody else.
    """
    told = {"name": account.name, "organisation": account.organisation.name}
    field = "project_manager"
    if account.is_partner:
        message = _("%(name)s works for %(organisation)s. The client's own manager leads.") % told
        raise CharterRefused(message, field=field)
    if not is_project_manager(account, project=project):
        message = _("%(name)s does not hold the project manager's role in this project.") % told
        raise CharterRefused(message, field=field)
    if is_sponsor(account, project=project):
        message = _("%(name)s is the sponsor, too. Nobody grants powers to themselves.") % told
        raise CharterRefused(message, field=field)


def _reason_of(powers: Powers) -> str:
    """Return why powers are withheld; nothing where all are granted.

    :raises CharterRefused: one is withheld, and nobody says why.
    """
    if powers.granted >= set(Power):
        return ""
    reason = powers.withheld_reason.strip()
    if not reason:
        message = _("Say why a power is withheld; it is printed with the charter.")
        raise CharterRefused(message, field="withheld_reason")
    return reason


def _says_the_same(newest: Charter, powers: Powers, reason: str) -> bool:
    return (
        newest.project_manager_id == powers.project_manager.pk
        and set(newest.granted) == set(powers.granted)
        and newest.withheld_reason == reason
    )


def _settle(row: Charter, *, at: datetime) -> None:
    settle(project=row.project, noun="charter", subject_id=row.public_id, settled_at=at)


def _tell(row: Charter) -> None:
    """Tell the sponsors that a charter waits for a signature."""
    news = News(
        kind=NoticeKind.CHARTER_WAITS,
        noun="charter",
        subject_id=row.public_id,
        title=row.project_manager.name,
        key=f"charter:{row.public_id}:waits",
        happened_at=row.written_at,
    )
    tell(news, accounts=sponsors_of(row.project), project=row.project)
