import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from governance.models import BusinessProcess, Organisation, User
from reports.rendering.signatures import signature_lines
from tests.reports.papers import MEANING, judgement_of, signed, unsaved_processes, unsaved_upgrade

BERLIN = ZoneInfo("Europe/Berlin")
OWNER = User(name="Jon Vega", organisation=Organisation(name="Kessler Pumps"))


def heat_map(processes: list[BusinessProcess], *, state: str = "MET") -> dict[str, Any]:
    body = json.loads(judgement_of(unsaved_upgrade(), processes).body)
    found: dict[str, Any] = body["heat_map"]
    for row in found["rows"]:
        row["cells"][-1] = {"state": state, "done": 1, "due": 1, "text": "1 of 1"}
    return found


class TestSignatureLines:
    def test_say_who_signed_when_and_with_which_authority(self) -> None:
        processes = unsaved_processes("Order to cash")
        act = signed(processes[0], signer=OWNER)
        acts = {str(processes[0].public_id): act}
        (line,), meanings = signature_lines(heat_map(processes), acts, zone=BERLIN)
        assert (line.process, line.noun, line.who) == (
            "10 Order to cash",
            "Signed by",
            "Jon Vega",
        )
        assert line.authority == "Kessler Pumps, owner of the process"
        assert line.when_utc == "2026-05-28 21:59:59 UTC"
        assert line.when_local == "28 May 2026, 23:59 CEST"
        assert (line.meaning, meanings) == ("[1]", (MEANING,))
        assert not line.is_stale

    def test_print_the_delegation_with_its_window_and_who_gave_it(self) -> None:
        processes = unsaved_processes("Order to cash")
        act = signed(processes[0], signer=OWNER)
        act.authority = (
            "Delegate for 10 Order to cash, 2026-05-01 00:00 to 2026-06-01 00:00 UTC,"
            " appointed by Ines Sponsor"
        )
        acts = {str(processes[0].public_id): act}
        (line,), _ = signature_lines(heat_map(processes), acts, zone=BERLIN)
        assert line.authority == f"Kessler Pumps, {act.authority}"

    def test_note_a_second_factor_that_was_reset_shortly_before(self) -> None:
        processes = unsaved_processes("Order to cash")
        act = signed(processes[0], signer=OWNER)
        act.authenticator_reset_at = act.signed_at - timedelta(hours=30)  # type: ignore[attr-defined]
        acts = {str(processes[0].public_id): act}
        (line,), _ = signature_lines(heat_map(processes), acts, zone=BERLIN)
        assert line.note == "Authenticator of Jon Vega reset 30 hours before"

    def test_call_a_signature_changed_when_the_judgement_does_not_count_it(self) -> None:
        processes = unsaved_processes("Order to cash")
        acts = {str(processes[0].public_id): signed(processes[0], signer=OWNER)}
        (line,), _ = signature_lines(heat_map(processes, state="MISSED"), acts, zone=BERLIN)
        assert line.is_stale

    def test_give_the_reason_of_a_refusal_which_is_never_stale(self) -> None:
        processes = unsaved_processes("Order to cash")
        refusal = signed(processes[0], signer=OWNER, act="REFUSED", reason="Never tested.")
        acts = {str(processes[0].public_id): refusal}
        (line,), meanings = signature_lines(heat_map(processes, state="MISSED"), acts, zone=BERLIN)
        assert (line.noun, line.meaning, line.is_stale) == ("Refused by", "Never tested.", False)
        assert meanings == ()

    def test_name_the_owner_of_a_process_nobody_signed(self) -> None:
        processes = unsaved_processes("Order to cash")
        (line,), _ = signature_lines(heat_map(processes), {}, zone=BERLIN)
        assert (line.act, line.owner, line.noun) == ("", "Jon Vega", "")

    def test_stand_without_a_column_of_sign_offs(self) -> None:
        processes = unsaved_processes("Order to cash")
        found = heat_map(processes) | {"columns": []}
        acts = {str(processes[0].public_id): signed(processes[0], signer=OWNER)}
        (line,), _ = signature_lines(found, acts, zone=BERLIN)
        assert not line.is_stale
