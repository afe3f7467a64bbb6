"""A program that goes on writing into a record, and keeps its newest checkpoint outside.

python -m tests.faults.records FOLDER      (until FOLDER/stop is there)
"""

import sys
import time
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction

from governance.choices import RecordKind
from governance.record.checkpoints import checkpoint_of
from governance.record.log import Deed, append
from tests.factories import make_project


def write_until_stopped(folder: Path) -> None:
    """Append entries, and put each checkpoint beside them once it is committed."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # what is new stays in the file beside the database
            cursor.execute("PRAGMA wal_autocheckpoint = 0")
    project = make_project()
    while not (folder / "stop").exists():
        with transaction.atomic():
            deed = Deed(kind=RecordKind.EXPORTED, actor=None)
            note = checkpoint_of(append(deed, project=project).head).note
        (folder / "coming.txt").write_text(note, encoding="utf-8")
        (folder / "coming.txt").replace(folder / "newest.txt")
        time.sleep(0.01)


if __name__ == "__main__":
    write_until_stopped(Path(sys.argv[1]))
