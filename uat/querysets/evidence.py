"""What testing has to show for a process: its scenarios with their runs, and its defects."""

from collections.abc import Collection
from uuid import UUID

from governance.querysets.batches import Batch
from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill
from uat.querysets.flaws import states_in
from uat.querysets.tallies import KNOWN_RUNS, seen_in

ScenarioEvidence = tuple[int, str, str, str, int, str, str | None, str, int, int]
"""Process, code, class, criticality, runs by the business, result of the first of them, the
newest of them by its public identifier and its result, and 1 where that run counts, 1 where it
counts as passed."""

DefectEvidence = tuple[int, str, str, str, str, int]
"""Process, code, severity, state, triage, and 1 where it was opened again."""

_SCENARIOS = """
    SELECT x.accountable_id, s.code, s.scenario_class, s.criticality, COALESCE(n.runs, 0),
           x.first_result, CAST(e.public_id AS varchar(36)), x.result,
           CASE WHEN x.is_tested THEN 1 ELSE 0 END, CASE WHEN x.is_passed THEN 1 ELSE 0 END
      FROM ({seen}) x
      JOIN uat_scenario s ON s.id = x.id
      LEFT JOIN uat_execution e ON e.id = x.run_id
      LEFT JOIN (SELECT scenario_id, COUNT(*) AS runs FROM uat_execution r
                  WHERE affiliation = 'CLIENT' AND project_id IN ({projects}) AND {known}
                  GROUP BY scenario_id) n ON n.scenario_id = x.id
     WHERE x.accountable_id IN ({processes})
"""
_DEFECTS = """
    SELECT COALESCE(own.accountable_id, tested.accountable_id), d.code, d.severity,
           COALESCE(e.state, 'OPEN'), d.triage,
           CASE WHEN e.was_reopened THEN 1 ELSE 0 END
      FROM uat_defect d
      LEFT JOIN ({states}) e ON e.defect_id = d.id
      LEFT JOIN governance_businessprocess own ON own.id = d.process_id
      LEFT JOIN uat_scenario s ON s.id = d.scenario_id
      LEFT JOIN governance_businessprocess tested ON tested.id = s.process_id
     WHERE d.project_id IN ({projects})
       AND d.raised_at <= %(as_of)s AND d.recorded_at <= %(as_of)s AND {kept}
       AND COALESCE(own.accountable_id, tested.accountable_id) IN ({processes})
"""


def scenario_evidence(batch: Batch, *, process_ids: Collection[int]) -> list[ScenarioEvidence]:
    """Return the scenarios in scope of these accountable processes, in no order."""
    text = fill(_SCENARIOS, seen=seen_in(batch), known=KNOWN_RUNS)
    text = fill(text, projects=batch.project_ids, processes=process_ids)
    rows = fetch_rows(text, {"as_of": batch.as_of})
    return [(*row[:6], _dashed(row[6]), *row[7:]) for row in rows]


def _dashed(identifier: str | None) -> str | None:
    """Return an identifier as it is written; SQLite keeps its digits alone."""
    if identifier is None or "-" in identifier:
        return identifier
    return str(UUID(identifier))


_PHOTOS = """
    SELECT x.accountable_id, s.code, f.sha256
      FROM ({seen}) x
      JOIN uat_scenario s ON s.id = x.id
      JOIN uat_photo f ON f.execution_id = x.run_id AND f.recorded_at <= %(as_of)s
     WHERE x.accountable_id IN ({processes})
"""


def photo_evidence(batch: Batch, *, process_ids: Collection[int]) -> list[tuple[int, str, str]]:
    """Return process, code and hash of each photo of a scenario's newest run, in no order."""
    text = fill(_PHOTOS, seen=seen_in(batch))
    text = fill(text, projects=batch.project_ids, processes=process_ids)
    return fetch_rows(text, {"as_of": batch.as_of})


def defect_evidence(batch: Batch, *, process_ids: Collection[int]) -> list[DefectEvidence]:
    """Return the defects of these accountable processes, in no order."""
    text = fill(_DEFECTS, states=states_in(batch), kept=still_seen("d", dated=True))
    text = fill(text, projects=batch.project_ids, processes=process_ids)
    return fetch_rows(text, {"as_of": batch.as_of})


_CODES = """
    SELECT x.accountable_id, s.code FROM ({seen}) x JOIN uat_scenario s ON s.id = x.id
     WHERE x.accountable_id IN ({processes})
"""


def scenario_codes(batch: Batch, *, process_ids: Collection[int]) -> list[tuple[int, str]]:
    """Return accountable process and code of each scenario in scope, in no order."""
    text = fill(_CODES, seen=seen_in(batch))
    text = fill(text, projects=batch.project_ids, processes=process_ids)
    return fetch_rows(text, {"as_of": batch.as_of})


_CLASSES = """
    SELECT x.project_id, x.scenario_class, COUNT(*),
           COUNT(CASE WHEN x.is_tested THEN 1 END), COUNT(CASE WHEN x.is_passed THEN 1 END)
      FROM ({seen}) x GROUP BY x.project_id, x.scenario_class
"""


def class_tallies(batch: Batch) -> list[tuple[int, str, int, int, int]]:
    """Return project, class, and how many scenarios are in scope, tested and passed."""
    return fetch_rows(fill(_CLASSES, seen=seen_in(batch)), {"as_of": batch.as_of})


_OPEN_DEFECTS = """
    SELECT d.project_id, d.code, d.severity, COALESCE(e.state, 'OPEN')
      FROM uat_defect d LEFT JOIN ({states}) e ON e.defect_id = d.id
     WHERE d.project_id IN ({projects}) AND COALESCE(e.state, 'OPEN') NOT IN ('CLOSED', 'REJECTED')
       AND d.raised_at <= %(as_of)s AND d.recorded_at <= %(as_of)s AND {kept}
"""


def open_defects(batch: Batch) -> list[tuple[int, str, str, str]]:
    """Return project, code, severity and state of each defect that is open, in no order."""
    text = fill(_OPEN_DEFECTS, states=states_in(batch), kept=still_seen("d", dated=True))
    return fetch_rows(fill(text, projects=batch.project_ids), {"as_of": batch.as_of})
