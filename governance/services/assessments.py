"""Answer how the project is led; the two sides answer apart and see each other's afterwards."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import AssessedAs, NoticeKind
from governance.models import LeadershipAssessment, Project, User
from governance.outbox import News, settle, tell
from governance.record.witnessing import witness
from governance.services.seating import is_project_manager, is_sponsor, sponsors_of


class AssessmentRefused(Exception):
    """Say why an assessment was not taken, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Five plain facts, and a note."""

    erp_upgrades: int
    time_percent: int
    workstreams: int
    sponsor_hours: int
    has_office: bool
    note: str = ""


@transaction.atomic
def assess_leadership(
    *,
    project: Project,
    project_manager: User,
    answers: Answers,
    answered_by: User,
    answered_at: datetime,
) -> LeadershipAssessment:
    """Write what the project manager, or the sponsor, answers; an earlier answer stays.

    :raises AssessmentRefused: it is about somebody who does not manage the project, or the
        account is neither that person nor the sponsor.
    """
    if not is_project_manager(project_manager, project=project):
        message = _("%(name)s does not hold the project manager's role in this project.")
        name = {"name": project_manager.name}
        raise AssessmentRefused(message % name, field="project_manager")
    side = side_of(answered_by, project_manager=project_manager, project=project)
    row = LeadershipAssessment.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        project_manager=project_manager,
        answered_as=side,
        answered_by=answered_by,
        answered_at=answered_at,
        **asdict(answers),
    )
    settle(
        project=project,
        noun="assessment",
        subject_id=f"{project_manager.public_id}:{side}",
        settled_at=answered_at,
    )
    _ask_the_other(row)
    witness(row, actor=answered_by)
    return row


def side_of(account: User, *, project_manager: User, project: Project) -> AssessedAs:
    """Return from which side an account looks at a project manager.

    :raises AssessmentRefused: from neither.
    """
    if account.pk == project_manager.pk:
        return AssessedAs.PROJECT_MANAGER
    if is_sponsor(account, project=project):
        return AssessedAs.SPONSOR
    raise AssessmentRefused(_("The project manager and the sponsor answer this, nobody else."))


def _ask_the_other(row: LeadershipAssessment) -> None:
    """Ask the other side, unless it has answered about this project manager."""
    other = (
        AssessedAs.SPONSOR
        if row.answered_as == AssessedAs.PROJECT_MANAGER
        else AssessedAs.PROJECT_MANAGER
    )
    known = LeadershipAssessment.objects.filter(
        project=row.project, project_manager=row.project_manager, answered_as=other
    )
    if known.exists():
        return
    subject = f"{row.project_manager.public_id}:{other}"
    news = News(
        kind=NoticeKind.ASSESSMENT_WAITS,
        noun="assessment",
        subject_id=subject,
        title=row.project_manager.name,
        key=f"assessment:{row.project.public_id}:{subject}",
        happened_at=row.answered_at,
    )
    asked = sponsors_of(row.project) if other == AssessedAs.SPONSOR else [row.project_manager]
    tell(news, accounts=asked, project=row.project)
