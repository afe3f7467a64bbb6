"""Look again, when work is done in the background, at who asked for it.

A job is written while its actor may ask for it, and done later: by then the account may be
closed, a role may have ended, a partner's account may work for another client. Whoever does
the job asks the same question as the door did. A job without an actor is the product's own;
no door writes one, and it takes nothing that a user says.
"""

from collections.abc import Callable

from django.utils.translation import gettext_noop

from governance.choices import SecurityEventKind
from governance.models import Job, Project, User
from governance.services.acting import act_for_client_of
from governance.services.jobs import JobRefused
from governance.services.security import note_event

NOT_ANY_MORE = gettext_noop(
    "The account that asked for this may not do it any more. Nothing was written."
)
NOT_ITS_OWN = gettext_noop(
    "What this was asked for does not belong where it was asked. Nothing was written."
)


def actor_of(job: Job, *, may: Callable[[User], bool]) -> User | None:
    """Return who asked for a job, if that account may still have it done; None: the product.

    A partner's account acts for the client of the job's project, and for nobody else.

    :raises JobRefused: the account is closed, no longer reaches the project, or may not.
    """
    if job.actor_id is None:
        return None
    actor = User.objects.get(pk=job.actor_id)
    act_for_client_of(actor, project=job.project)
    if not (actor.is_active and _reaches(actor, job.project) and may(actor)):
        raise refused(job, because=NOT_ANY_MORE)
    return actor


def refused(job: Job, *, because: str) -> JobRefused:
    """Note that a job was not done for its actor, and return the refusal to raise."""
    if job.actor is not None:
        note_event(
            SecurityEventKind.REFUSED,
            account=job.actor,
            project=job.project,
            name=job.kind,
            reason=because,
        )
    return JobRefused(because)


def _reaches(actor: User, project: Project | None) -> bool:
    return project is None or Project.objects.visible_to(actor).filter(pk=project.pk).exists()
