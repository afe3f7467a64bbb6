"""A process that signs whatever there is to sign, while others do the same.

python -m tests.faults.signing prepare NUMBER   (a project with so many processes)
python -m tests.faults.signing sign SEED        (prints a JSON of what became of each attempt)
"""

import json
import random
import sys
from collections import Counter

import django
from django.db import DatabaseError


def prepare(number: str) -> None:
    """Write a project with processes that all have the same owner."""
    cast = make_cast()
    for each in range(int(number)):
        make_process(
            project=cast.project, code=f"P{each:03d}", owner=cast.process_owner, deputy=cast.sponsor
        )


def sign_everything(seed: str) -> None:
    """Try to sign every process once, in an order of this process' own."""
    rows = list(BusinessProcess.objects.filter(owner__isnull=False).select_related("owner"))
    random.Random(seed).shuffle(rows)  # noqa: S311 - an order, not a secret
    print(json.dumps(Counter(_outcome(row) for row in rows)))  # noqa: T201 - this is a command


def _outcome(process: "BusinessProcess") -> str:
    body = json.dumps({"process": process.code})
    assert process.owner is not None
    try:
        sign(
            subject=Subject.of_process(process),
            signer=process.owner,
            declaration=Declaration(act=SignoffAct.SIGNED),
            exhibit=Exhibit(body=body, shown_hash=evidence_hash_of(body)),
            proof=proof_of(process.owner),
        )
    except SignoffRefused as refusal:
        return "refused" if "signed already" in str(refusal) else str(refusal)
    except DatabaseError as error:
        return f"failed: {error}"
    return "signed"


if __name__ == "__main__":
    django.setup()

from governance.choices import SignoffAct  # noqa: E402 - after the set-up
from governance.models import BusinessProcess  # noqa: E402
from governance.services.signoffs import (  # noqa: E402
    Declaration,
    Exhibit,
    SignoffRefused,
    Subject,
    evidence_hash_of,
    sign,
)
from tests.factories import make_process  # noqa: E402
from tests.people import make_cast  # noqa: E402
from tests.signing import proof_of  # noqa: E402

if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(sys.argv[2])
    else:
        sign_everything(sys.argv[2])
