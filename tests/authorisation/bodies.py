"""What is sent to each address: the form of its own page, filled in, or what is said here."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.db.models import Model
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import setup_test_environment, teardown_test_environment

from governance.forms.proof import SignerForm
from governance.pages.places import place_of
from governance.services.factors import code_at
from tests.factories import EARLY, PASSWORD
from tests.factors import SECRET
from tests.flows import rest_world
from tests.flows.filling import ROSTER, filled_in
from tests.signing import LATER

JSON = "application/json"
FORM = MULTIPART_CONTENT


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a form sends it."""

    name: str
    content: bytes
    content_type: str = "text/csv"


@dataclass(frozen=True, slots=True)
class Body:
    """Entries by name, and how they are sent; `keys` name rows: field -> table."""

    entries: dict[str, Any]
    kind: str = FORM
    keys: tuple[tuple[str, type[Model], str], ...] = ()

    def sent(self) -> bytes:
        """Return the bytes that are sent."""
        if self.kind == JSON:
            return json.dumps(self.entries).encode()
        return encode_multipart(BOUNDARY, {name: _file(held) for name, held in self._plain()})

    def _plain(self) -> Iterator[tuple[str, Any]]:
        for name, held in self.entries.items():
            if held is not None:
                yield name, held

    @property
    def text(self) -> bytes:
        """Return every entry as text."""
        return repr(self.entries).encode()

    def but(self, **entries: Any) -> "Body":
        """Return it with other entries."""
        return replace(self, entries={**self.entries, **entries})


def _file(held: Any) -> Any:
    if not isinstance(held, Upload):
        return held
    return _Handed(held)


class _Handed:
    """A file that can be read once, as the encoder wants it."""

    def __init__(self, upload: Upload) -> None:
        self.name, self.content_type = upload.name, upload.content_type
        self._content = upload.content

    def read(self) -> bytes:
        """Return the whole content."""
        return self._content


MOMENT = "2031-03-02T08:00:00Z"
REST: dict[str, dict[str, Any]] = {
    "api:execution-list": rest_world.BODIES["execution_add"],
    "api:defect-list": rest_world.BODIES["defect_add"],
    "api:defect-change": rest_world.BODIES["defect_change"],
    "api:training-record-list": rest_world.BODIES["training_record_add"],
    "api:reported-metric-list": rest_world.BODIES["reported_metric_add"],
    "api:reported-status-list": rest_world.BODIES["reported_status_add"],
    "api:report-list": rest_world.BODIES["report_add"],
    "api:pack-list": rest_world.BODIES["pack_add"],
    "api:caveat-list": rest_world.BODIES["caveat_add"],
    "api:caveat-resolve": rest_world.BODIES["caveat_resolve"],
    "api:decision-list": rest_world.BODIES["decision_add"],
    "api:notice-read": rest_world.BODIES["notice_read"],
    "api:import-undo": rest_world.BODIES["import_undo"],
}
# Codes that the world's own rows carry, with the word of their tenant behind them.
CODED = {"scenario": "scenario", "person": "person", "course": "course"}
FILE = Upload("roster.csv", ROSTER)


def _seen_in(stock: Any) -> str:
    """Return the address of what the lead was told."""
    row = stock.rows["notice"]
    return place_of(stock.project, noun=row.subject_noun, subject_id=row.subject_id)


# Addresses whose form stands on another page, or that take no form at all.
PLAIN: dict[str, Callable[[Any], dict[str, Any]]] = {
    "governance:import-again": lambda stock: {"skip_refused": "on"},
    "governance:token-revoke": lambda stock: {},
    "governance:assumption-rest": lambda stock: {"scenarios": _code_of(stock, "scenario")},
    "governance:escalation-add": lambda stock: {
        "noun": "scenario",
        "id": str(stock.rows["scenario"].public_id),
        "reason": "Nobody comes to the tests.",
        "rung": "SPONSOR",
    },
    "readiness:visit-note": lambda stock: {"shown": str(stock.rows["snapshot"].public_id)},
    "readiness:review-note": lambda stock: {
        "shown": str(stock.rows["snapshot"].public_id),
        "report": str(stock.rows["report"].public_id),
    },
    "governance:statement-acknowledge": lambda stock: {},
    "readiness:digest-set": lambda stock: {"mail": "off", "hour": "16"},
    "readiness:caveat-open": lambda stock: {},
    "governance:notice-read": lambda stock: {"notice": str(stock.rows["notice"].public_id)},
    "governance:notice-seen": lambda stock: {"path": _seen_in(stock)},
    "readiness:digest-stop": lambda stock: {},
    "readiness:demo-enter": lambda stock: {"account": str(stock.lead.public_id)},
    "reports:pack-request": lambda stock: {},
    "reports:report-request": lambda stock: {"snapshot": str(stock.rows["snapshot"].public_id)},
    "reports:certificate-print": lambda stock: {},
    "i18n-set": lambda stock: {"language": "de", "next": "https://elsewhere.example/"},
    "governance:session-end": lambda stock: {},
    "governance:session-end-others": lambda stock: {},
    "governance:invitation-again": lambda stock: {},
    "governance:invitation-withdraw": lambda stock: {},
    "governance:role-end": lambda stock: {},
    "governance:account-administrator": lambda stock: {
        "administrator": "on",
        "is_administrator": "on",
    },
    "governance:account-state": lambda stock: {"state": "closed", "is_active": ""},
    "governance:account-token-revoke": lambda stock: {},
    "governance:client-choose": lambda stock: {"client": str(stock.project.organisation.public_id)},
    "account_login": lambda stock: {"login": stock.lead.email, "password": PASSWORD},
    "account_reset_password": lambda stock: {"email": stock.lead.email},
    "account_signup": lambda stock: {"email": "new@example.com", "password1": PASSWORD},
    "api:import-list": lambda stock: {"file": FILE, "kind": "roster"},
}
MORE: dict[str, dict[str, Any]] = {  # None is sent along as nothing
    "governance:import-add": {"starts": "", "owners": "", "by": ""},
    "governance:assumption-add": {"scenarios": None},
    "governance:raid-confirm": {"confirmed_date": ""},
    "readiness:replacement-add": {"consultant": None, "decision": None},
    "governance:owner-change": {"deputy": None},
    "governance:overruling-add": {"overruled_on": EARLY.date().isoformat()},
    "governance:invitation-add": {"email": "newcomer@example.com"},
    "readiness:request-add": {"criterion": "G1 DX-05"},
}
# Addresses whose form stands on the page above them, and what it is called there.
ABOVE = {"readiness:request-decline": ("decline/", "decline")}
ASKED = {"governance:import-columns": "kind=roster"}


def _code_of(stock: Any, row: str) -> str:
    return str(stock.rows[row].code)


def rest_body(name: str, stock: Any) -> Body | None:
    """Return what REST takes at an address, for the rows of a project."""
    if name not in REST:
        return None
    entries = dict(REST[name])
    for field, row in CODED.items():
        if field in entries:
            held = stock.rows[row]
            entries[field] = getattr(held, "code", None) or held.external_id
    for field in ("executed_at", "raised_at", "reported_at", "happened_at"):
        if field in entries:
            entries[field] = MOMENT
    return Body(entries, JSON)


def page_body(name: str, path: str, cookies: list[tuple[str, str]]) -> Body | None:
    """Return the form of a page filled in as the first of these sessions sees it."""
    last, called = ABOVE.get(name, ("", "form"))
    setup_test_environment(debug=False)
    try:
        for cookie_name, cookie in cookies:
            browser = Client(raise_request_exception=False)
            browser.cookies[cookie_name] = cookie
            answer = browser.get(path.removesuffix(last), QUERY_STRING=ASKED.get(name, ""))
            form = _form(answer.context, called) if answer.status_code == 200 else None
            if form is not None:
                return of_form(form).but(**MORE.get(name, {}))
    finally:
        teardown_test_environment()
    return None


def _form(context: Any, called: str) -> forms.BaseForm | None:
    held = (context or {}).get(called) if context is not None else None
    return held if isinstance(held, forms.BaseForm) else None


def of_form(form: forms.BaseForm) -> Body:
    """Return a form filled in, and which of its fields name rows."""
    filled = filled_in(form)
    if "code" in filled and "password" in filled:
        filled["code"] = code_at(SECRET, at=LATER)
    if isinstance(form, SignerForm):
        filled["agreed"] = "on"  # whoever agreed before is not asked
    entries = {form.add_prefix(name): _entry(value) for name, value in filled.items()}
    keys = tuple(
        (form.add_prefix(name), field.queryset.model, field.to_field_name or "pk")
        for name, field in form.fields.items()
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None
    )
    return Body(entries, keys=keys)


def _entry(value: Any) -> Any:
    return FILE if hasattr(value, "read") else value
