"""Turn one HTML text into a PDF in a locked room: a script of its own, in its own process.

It reads a JSON order from standard input and writes to standard output: the number of
pages on a line of its own, then the PDF. Before it reads, it gives up memory, time and
files for good; nothing is fetched but `data:` addresses. It imports nothing of the
product, so that it can run isolated (`python -I`).
"""

import json
import resource
import signal
import sys
from typing import Any

from weasyprint import HTML
from weasyprint.urls import URLFetcher

OUT_OF_MEMORY = 3
UNREADABLE = 4


def lock(*, memory_bytes: int, processor_seconds: int) -> None:
    """Give up memory, processor time, core dumps and the writing of files, for good."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for limit, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, processor_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def press(html: str, *, identifier: bytes) -> tuple[int, bytes]:
    """Return the number of pages and the PDF: tagged as PDF/UA-1, the same bytes each time."""
    options = {"pdf_identifier": identifier, "pdf_variant": "pdf/ua-1", "pdf_tags": True}
    source = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    document = source.render(**options)
    return len(document.pages), document.write_pdf(finisher=_give_headings_scope, **options)


def _give_headings_scope(_: object, pdf: Any) -> None:
    """Say of every heading of a table what WeasyPrint leaves out: that it heads its column."""
    for each in pdf.objects:
        if isinstance(each, dict) and each.get("S") == "/TH":
            each["A"]["Scope"] = "/Column"


def main() -> int:
    """Take one order, press it, and say by the exit code what went wrong."""
    memory_bytes, processor_seconds = (int(number) for number in sys.argv[1:3])
    lock(memory_bytes=memory_bytes, processor_seconds=processor_seconds)
    try:
        order: dict[str, Any] = json.load(sys.stdin)
        pages, pdf = press(order["html"], identifier=bytes.fromhex(order["identifier"]))
    except MemoryError:
        return OUT_OF_MEMORY
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return UNREADABLE
    sys.stdout.buffer.write(b"%d\n" % pages + pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
