"""Who may do what: an account's seat in a project, the acts, and the one policy table.

A seat is asked for once per request; the questions run no query. Whatever is not allowed
here is not allowed: an address without a row in the table is closed.
"""

from governance.permissions.predicates import (
    may_accept_risk,
    may_answer_for_people,
    may_appoint,
    may_ask_for_acceptance,
    may_decide,
    may_delegate,
    may_import,
    may_import_into,
    may_move_date,
    may_raise,
    may_record_runs,
    may_report_metric,
    may_report_status,
    may_rule,
    may_sign,
)
from governance.permissions.seats import (
    APPOINTING_ROLES,
    IMPORT_ROLES,
    STATUS_ROLES,
    Seat,
    seat_of,
    seats_of,
)
from governance.permissions.signing_up import ClosedAccountAdapter

__all__ = [
    "APPOINTING_ROLES",
    "IMPORT_ROLES",
    "STATUS_ROLES",
    "ClosedAccountAdapter",
    "Seat",
    "may_accept_risk",
    "may_answer_for_people",
    "may_appoint",
    "may_ask_for_acceptance",
    "may_decide",
    "may_delegate",
    "may_import",
    "may_import_into",
    "may_move_date",
    "may_raise",
    "may_record_runs",
    "may_report_metric",
    "may_report_status",
    "may_rule",
    "may_sign",
    "seat_of",
    "seats_of",
]
