"""Write down which change of each project a judgement has seen."""

from collections.abc import Mapping

from governance.querysets.statements import change_rows

_NOTE = """
    WITH seen (project_id, version) AS (VALUES {seen})
    UPDATE governance_projectmark
       SET judged_version = (SELECT version FROM seen
                              WHERE seen.project_id = governance_projectmark.project_id)
     WHERE EXISTS (SELECT 1 FROM seen
                    WHERE seen.project_id = governance_projectmark.project_id
                      AND seen.version > governance_projectmark.judged_version)
"""


def note_versions(versions: Mapping[int, int]) -> int:
    """Raise `judged_version` to the version seen, never lower it; return how many rose."""
    if not versions:
        return 0
    pairs = ", ".join(f"({int(key)}, {int(version)})" for key, version in versions.items())
    return change_rows(_NOTE.replace("{seen}", pairs))
