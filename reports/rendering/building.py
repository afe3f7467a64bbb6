"""Build the paper of one snapshot: recorded values in, words out; nothing is computed anew."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from governance.choices import Phase
from readiness.choices import FindingState, ReportedColour, SnapshotTrigger
from readiness.models import Snapshot
from readiness.pages.history import trend_of_days
from readiness.pages.recorded import body_of, gap_words, people, sentence_after_verdict
from readiness.pages.words import countdown_text, counted, t_minus_text
from reports.rendering.changes import changes_between
from reports.rendering.contents import Exempted, HeatCell, HeatRow, Imprint, Paper, Trend
from reports.rendering.gates import gate_line
from reports.rendering.page_one import Action, Answer, Masthead, Reservation, Risk
from reports.rendering.signatures import signature_lines
from reports.rendering.wording import day_words, local_words, utc_words
from reports.services.gathering import Evidence

Recorded = Mapping[str, Any]
PROJECT_ITEM = "PROJECT"


def paper_of(evidence: Evidence, *, template_version: str) -> Paper:
    """Return everything the report of a snapshot prints."""
    snapshot = evidence.snapshot
    body = body_of(snapshot)
    zone = ZoneInfo(body["project"]["time_zone"])
    today = date.fromisoformat(body["local_date"])
    signatures, meanings = signature_lines(body["heat_map"], evidence.signoffs, zone=zone)
    earlier = None if evidence.earlier is None else body_of(evidence.earlier)
    return Paper(
        masthead=_masthead(body, evidence.partners, zone),
        answer=_answer(body, zone),
        actions=tuple(_actions(body)),
        risks=tuple(_risks(body, zone, today)),
        caveats=tuple(_caveats(body, zone)),
        gates=tuple(gate_line(gate, today=today) for gate in body["gates"]),
        trend=_trend(evidence.history),
        changes=changes_between(earlier, body, was_reported=evidence.was_reported),
        heat_columns=tuple(column["title"] for column in body["heat_map"]["columns"]),
        heat_rows=tuple(_heat_rows(body)),
        signatures=signatures,
        meanings=meanings,
        exempted=tuple(_exempted(body)),
        imprint=_imprint(snapshot, body, template_version),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _masthead(body: Recorded, partners: Sequence[str], zone: ZoneInfo) -> Masthead:
    project, as_of = body["project"], _moment(body["as_of"])
    platforms = [project[name] for name in ("from_platform", "to_platform") if project[name]]
    return Masthead(
        project=project["name"],
        client=project["client"],
        upgrade=" to ".join(platforms),
        partners=", ".join(partners),
        judged_local=local_words(as_of, zone=zone),
        judged_utc=utc_words(as_of),
        phase=Phase(project["phase"]).label if project["phase"] in Phase else project["phase"],
    )


def _answer(body: Recorded, zone: ZoneInfo) -> Answer:
    reasons, _, gates = sentence_after_verdict(body["headline"]).partition(" (")
    reports: list[Recorded] = [each for each in body["reported"] if each["item"] == PROJECT_ITEM]
    report: Recorded = reports[0] if reports else {}
    return Answer(
        verdict=body["verdict"],
        word=body["headline"].partition(":")[0],
        sentence=reasons,
        where=_where(gates.removesuffix(")")),
        go_live=_go_live(body),
        countdown=_countdown(body),
        reported=_colour(report),
        reported_by=_by(report, zone),
        evidence=_evidence(body["counts"]),
        gap=gap_words(body, zone=zone),
    )


def _evidence(counts: Mapping[str, int]) -> str:
    if not counts:
        return "no criterion is judged yet"
    judged = counted(sum(counts.values()), "criterion", "criteria")
    return f"{counts.get(FindingState.MET, 0)} of {judged} met"


def _where(gates: str) -> str:
    """Return which gates make the verdict: by name, or how many of how many."""
    if gates.startswith("in "):
        return f"I{gates[1:]}"
    return f"At the gates: {gates}" if gates else ""


def _go_live(body: Recorded) -> str:
    text = body["go_live_date"]
    return day_words(date.fromisoformat(text)) if text else "No date set"


def _countdown(body: Recorded) -> str:
    if body["go_live_date"] is None:
        return "without a date no gate opens"
    return f"{t_minus_text(body['days_left'])}: {countdown_text(body['days_left'])}"


def _colour(report: Recorded) -> str:
    return str(ReportedColour(report.get("colour", ReportedColour.NOT_REPORTED)).label)


def _by(report: Recorded, zone: ZoneInfo) -> str:
    if not report:
        return "nobody has reported a colour"
    day = day_words(_moment(report["at"]).astimezone(zone).date()) if report["at"] else ""
    return ", ".join(part for part in (report["by"], day) if part)


def _actions(body: Recorded) -> Iterator[Action]:
    for action in body["actions"]:
        if action["state"] != FindingState.ACCEPTED:
            yield Action(
                text=action["todo"] or action["sentence"],
                who=people(action["who"]),
                gate=action["gate"],
                key=action["criterion"],
                state=action["state"],
            )


def _risks(body: Recorded, zone: ZoneInfo, today: date) -> Iterator[Risk]:
    for risk in body["accepted_risks"]:
        until = _moment(risk["expires_at"]).astimezone(zone).date()
        yield Risk(
            key=risk["criterion"],
            gate=risk["gate"],
            wording=risk["wording"],
            who=", ".join(part for part in (risk["approver"], risk["approver_role"]) if part),
            until=day_words(until),
            left=countdown_text((until - today).days),
            reason=risk["reason"],
            control=risk["control"],
        )


def _caveats(body: Recorded, zone: ZoneInfo) -> Iterator[Reservation]:
    for caveat in body["caveats"]:
        day = day_words(_moment(caveat["at"]).astimezone(zone).date())
        yield Reservation(caveat["text"], caveat["by"], day)


def _heat_rows(body: Recorded) -> Iterator[HeatRow]:
    for row in body["heat_map"]["rows"]:
        cells = tuple(HeatCell(cell["state"], cell["text"]) for cell in row["cells"])
        yield HeatRow(f"{row['code']} {row['name']}", cells)


def _trend(history: Sequence[Snapshot]) -> Trend:
    picture = trend_of_days(history)
    if picture is None:
        return Trend(SafeString(""), "This is the first judgement; the trend starts tomorrow.")
    return Trend(picture.drawing, picture.words)


def _exempted(body: Recorded) -> Iterator[Exempted]:
    for each in body["exempted"]:
        sentence = f"{each['reason']} (approved by {each['approver']})"
        yield Exempted(f"{each['gate']} {each['criterion']}", each["wording"], sentence)


def _imprint(snapshot: Snapshot, body: Recorded, template_version: str) -> Imprint:
    policy = body["policy"]
    return Imprint(
        policy=f"{policy['key']}, version {policy['version']}" if policy else "none adopted",
        policy_hash=policy["hash"] if policy else "none",
        inputs_hash=body["inputs_hash"],
        snapshot=body["id"],
        body_hash=snapshot.etag,
        code_version=body["code_version"],
        template_version=template_version,
        trigger=f"{SnapshotTrigger(body['trigger']).label}{', late' if body['is_late'] else ''}",
    )
