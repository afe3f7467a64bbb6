"""Who leads and who decides, whether people come, and what is seen of the sponsor, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.choices import Power, inside
from readiness.pages.authority.lines import Line, Said, of_text, sentences
from readiness.pages.words import number_text

CHARTERS = {
    "SIGNED": gettext_lazy("The sponsor has signed the project manager's charter."),
    "CHANGED": gettext_lazy("The charter changed after the sponsor signed it."),
    "UNSIGNED": gettext_lazy("A charter is written and not signed."),
    "NONE": gettext_lazy("The project manager has no charter."),
}

NEEDED = frozenset({Power.CALL_PEOPLE, Power.ESCALATE, Power.STOP_GATE})
"""Powers without which a charter does not meet DX-10."""


def charter_words(part: Mapping[str, Any]) -> Said:
    """Return how the charter stands, which gates are stopped, and who was overruled."""
    withheld = ", ".join(inside(Power(power).label) for power in part["withheld"])
    overruled = part["overruled"]
    return Said(
        sentence=sentences(
            [
                str(CHARTERS[part["state"]]),
                _("Withheld: %(powers)s.") % {"powers": withheld} if withheld else "",
                _times_overruled(overruled) if overruled else "",
            ]
        ),
        is_bad=part["state"] != "SIGNED"
        or bool(part["stops"])
        or not NEEDED.isdisjoint(part["withheld"]),
        lines=tuple(_charter_lines(part)),
    )


def _times_overruled(number: int) -> str:
    told = ngettext(
        "The project manager was overruled %(number)s time.",
        "The project manager was overruled %(number)s times.",
        number,
    )
    return told % {"number": number_text(number)}


def _charter_lines(part: Mapping[str, Any]) -> Iterator[Line]:
    for stop in part["stops"]:
        yield Line(_("%(gate)s is stopped by %(by)s: %(reason)s") % stop)
    for row in part["overrulings"]:
        told = {**row, "what": row["what"].rstrip(" .")}
        yield Line(_("%(by)s overruled the project manager: %(what)s. Why: %(reason)s") % told)


def rights_words(part: Mapping[str, Any]) -> Said:
    """Return for how many kinds of decision one person decides, and where nobody or two do."""
    bad = {name: part[name] for name in ("gaps", "doubles", "unowned", "overloaded")}
    found = {
        "gaps": _("without a decider: %(number)s"),
        "doubles": _("with two deciders: %(number)s"),
        "unowned": _("processes without an owner: %(number)s"),
        "overloaded": _("owners with too many processes: %(number)s"),
    }
    told = [found[name] % {"number": number_text(number)} for name, number in bad.items() if number]
    clear = _("%(share)s of the kinds of decision have exactly one decider.") % {
        "share": of_text(part["clear"], part["kinds"])
    }
    where = ", ".join(told)
    return Said(
        sentence=sentences([clear, f"{where[:1].upper()}{where[1:]}." if where else ""]),
        is_bad=part["clear"] < part["kinds"] or bool(bad["unowned"]),
    )


def people_words(part: Mapping[str, Any]) -> Said:
    """Return how many of the people asked for come, and whose word is missing."""
    told = {name: number_text(part[name]) for name in ("asked", "released", "refused", "silent")}
    return Said(
        sentence=_(
            "Asked for by name: %(asked)s. Released: %(released)s, refused: %(refused)s,"
            " without an answer: %(silent)s."
        )
        % told,
        is_bad=bool(part["silent"] or part["refused"]),
        lines=tuple(
            Line(
                _("%(department)s: no answer from %(head)s for %(number)s")
                % {**row, "number": number_text(row["number"])}
            )
            for row in part["worst"]
        ),
    )


def sponsor_words(part: Mapping[str, Any]) -> Said:
    """Return what was seen of the sponsor and the steering."""
    meetings = ngettext(
        "%(number)s steering meeting in %(days)s days.",
        "%(number)s steering meetings in %(days)s days.",
        part["meetings"],
    )
    read = _("Executives who read the judgement and its caveats: %(share)s.")
    answered = _("Answers of executives in time: %(share)s.")
    acknowledged = _("Statement acknowledged: %(share)s.")
    return Said(
        sentence=sentences(
            [
                meetings % {"number": number_text(part["meetings"]), "days": part["days"]},
                read % {"share": of_text(part["read_done"], part["read_due"])},
                answered % {"share": of_text(part["answers_done"], part["answers_due"])},
                acknowledged
                % {"share": of_text(part["acknowledged_done"], part["acknowledged_due"])},
            ]
        ),
        is_bad=not part["meetings"] or part["read_done"] < part["read_due"],
    )
