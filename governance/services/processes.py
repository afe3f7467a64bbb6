"""Keep the process tree in step: who answers for each node."""

from django.db import transaction

from governance.models import BusinessProcess, Project

BATCH = 500


@transaction.atomic
def settle_accountable(*, project: Project) -> int:
    """Point each process at itself or its ancestor at the project's accountable level.

    Return how many moved. A node above that level answers for nothing and points nowhere.
    """
    nodes = {row.pk: row for row in BusinessProcess.objects.filter(project=project)}
    moved = []
    for node in nodes.values():
        accountable = _climb(node, nodes=nodes, level=project.accountable_level)
        if node.accountable_id != accountable:
            node.accountable_id = accountable
            moved.append(node)
    BusinessProcess.objects.bulk_update(moved, ["accountable"], batch_size=BATCH)
    return len(moved)


def _climb(node: BusinessProcess, *, nodes: dict[int, BusinessProcess], level: str) -> int | None:
    seen: set[int] = set()
    here: BusinessProcess | None = node
    while here is not None and here.level != level:
        if here.pk in seen:
            return None
        seen.add(here.pk)
        here = nodes.get(here.parent_id or 0)
    return here.pk if here else None
