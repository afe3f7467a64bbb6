"""Hand a file in and import it at once, as every door does it in two steps."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from governance.imports.ledger import Ledger
from governance.imports.run import perform_import
from governance.models import ImportRun, Organisation, Project, User
from governance.services.attachments import Place
from governance.services.imports import Wish, job_of, request_import
from governance.services.jobs import JobRefused, claim_job
from tests.factories import NOW

FIXTURES = Path(__file__).parent / "fixtures" / "imports"


def import_content(  # noqa: PLR0913 - a test names what it varies
    content: bytes,
    *,
    project: Project | None = None,
    organisation: Organisation | None = None,
    kind: str = "auto",
    name: str = "file.csv",
    dry_run: bool = False,
    actor: User | None = None,
    moment: datetime = NOW,
    **options: Any,
) -> tuple[ImportRun, Ledger]:
    """Return the run after it ended, and its full ledger."""
    owner = project.organisation if project else organisation
    assert owner is not None
    run = request_import(
        actor=actor,
        place=Place(organisation=owner, project=project),
        name=name,
        content=content,
        wish=Wish(kind=kind, options=options, dry_run=dry_run),
    )
    job = claim_job(job_id=job_of(run).pk, moment=moment)
    assert job is not None
    try:
        ledger = perform_import(run, job=job, moment=moment)
    except JobRefused:
        ledger = Ledger()
    return run, ledger


def import_path(path: Path, **wish: Any) -> tuple[ImportRun, Ledger]:
    """Import a file from a disk."""
    return import_content(path.read_bytes(), name=path.name, **wish)


def workbook_of(*rows: list[Any], title: str = "Sheet") -> bytes:
    """Return a workbook with one sheet of these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def text_of(*rows: str, encoding: str = "utf-8") -> bytes:
    """Return a text file of these lines."""
    return ("\n".join(rows) + "\n").encode(encoding)


def bundle_of(**files: bytes) -> bytes:
    """Return a zip file of these files; `a_csv` is named a.csv."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            stem, _, kind = name.rpartition("_")
            archive.writestr(f"{stem}.{kind}", content)
    return output.getvalue()
