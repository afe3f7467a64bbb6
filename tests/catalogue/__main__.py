"""Renew the catalogues: what is new waits for its translation, what is gone is taken out."""

import argparse
import os

import django

from tests.catalogue.extracting import messages
from tests.catalogue.files import LOCALES, compiled, po_of, read_po, renewed, written


def main() -> None:
    """Write the .po and .mo of every language, and say how much is left to translate."""
    found = messages()
    for folder in sorted(path for path in LOCALES.iterdir() if path.is_dir()):
        po = po_of(folder.name)
        catalogue = renewed(read_po(po.read_text(encoding="utf-8")), found)
        po.write_text(written(catalogue, found), encoding="utf-8")
        po.with_suffix(".mo").write_bytes(compiled(catalogue))
        waiting = sum(not all(forms) for forms in catalogue.forms.values())
        print(f"{folder.name}: {len(found)} texts, {waiting} to translate")  # noqa: T201


if __name__ == "__main__":
    argparse.ArgumentParser(prog="make messages", description=__doc__).parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    main()
