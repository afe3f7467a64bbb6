"""The policy that ships is whole and sound; a broken one is refused by file and field."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from governance.choices import Role
from readiness.choices import Grade, MetricOrigin
from readiness.imports.policies import (
    BUILT_IN,
    MAX_BYTES,
    PolicyRefused,
    built_in_policy,
    read_policy,
    read_sources,
)
from readiness.policy.hashing import digest_of
from readiness.policy.parsing import gates_of_body
from readiness.policy.terms import CriterionTerms

EXPECTED = {
    "G1": [f"DX-{number:02d}" for number in range(1, 15)],
    "G2": [f"UE-{number:02d}" for number in range(1, 18)],
    "G3": [f"UX-{number:02d}" for number in range(1, 21)],
    "G4": [f"TR-{number:02d}" for number in range(1, 14)],
    "G5": [f"DC-{number:02d}" for number in range(1, 17)],
    "G6": [f"GO-{number:02d}" for number in range(1, 20)],
    "G7": [f"HX-{number:02d}" for number in range(1, 15)],
}
COMPUTED = [
    *("DX-01", "DX-02", "DX-04", "DX-05", "DX-06", "DX-10", "DX-12"),
    *("UE-03", "UE-04", "UE-05", "UE-07", "UE-08", "UE-09", "UE-12", "UE-17"),
    *("UX-01", "UX-02", "UX-03", "UX-04", "UX-05", "UX-06", "UX-08", "UX-09"),
    *("UX-10", "UX-12", "UX-13", "UX-17", "UX-18", "UX-19"),
    *("TR-01", "TR-02", "TR-03", "TR-05", "TR-06", "TR-07"),
    *("GO-03", "GO-05", "GO-06", "GO-08", "GO-13", "GO-14", "GO-16", "GO-17"),
    "HX-12",
]
DERIVED = ["GO-01", "GO-04", "GO-07"]
SHIPPED = [criterion for gate in built_in_policy().gates for criterion in gate.criteria]


class TestTheBuiltInPolicy:
    def test_has_every_criterion_of_every_gate(self) -> None:
        found = {
            gate.key: sorted({criterion.key[:5] for criterion in gate.criteria})
            for gate in built_in_policy().gates
        }
        assert found == EXPECTED

    def test_asks_two_metrics_where_one_number_does_not_do(self) -> None:
        assert [each.key for each in SHIPPED if len(each.key) > 5] == [
            "UE-06a",
            "UE-06b",
            "HX-04a",
            "HX-04b",
            "HX-05a",
            "HX-05b",
            "HX-06a",
            "HX-06b",
        ]

    def test_computes_what_the_facts_can_answer(self) -> None:
        by_origin = {
            origin: [each.key for each in SHIPPED if each.origin is origin]
            for origin in MetricOrigin
        }
        assert by_origin[MetricOrigin.COMPUTED] == COMPUTED
        assert by_origin[MetricOrigin.DERIVED] == DERIVED

    def test_asks_for_every_baseline_it_compares_with(self) -> None:
        asked = {each.metric for each in SHIPPED}
        assert {each.baseline.metric for each in SHIPPED if each.baseline} <= asked

    def test_leaves_the_vote_to_the_meeting(self) -> None:
        assert [each.key for each in SHIPPED if each.in_meeting] == ["GO-08", "GO-09", "GO-19"]

    def test_keeps_its_text_and_digest_together(self) -> None:
        policy = built_in_policy()
        assert policy.digest == digest_of(policy.text)
        assert tuple(gates_of_body(policy.text).values()) == policy.gates
        assert built_in_policy() is policy

    def test_opens_its_gates_by_the_calendar(self) -> None:
        days = {gate.key: (gate.opens_days, gate.decision_days) for gate in built_in_policy().gates}
        assert days == {
            "G1": (210, 140),
            "G2": (84, 56),
            "G3": (56, 28),
            "G4": (70, 14),
            "G5": (84, 14),
            "G6": (84, 1),
            "G7": (-14, -56),
        }

    def test_waits_with_the_vote_for_testing_training_and_rehearsal(self) -> None:
        gates = {gate.key: gate for gate in built_in_policy().gates}
        assert gates["G6"].upstream == ("G3", "G4", "G5")
        assert [gate.key for gate in gates.values() if gate.after_go_live] == ["G7"]


@pytest.mark.parametrize("criterion", SHIPPED, ids=lambda criterion: criterion.key)
class TestEveryShippedCriterion:
    def test_says_why_it_matters_and_what_to_do(self, criterion: CriterionTerms) -> None:
        for text in (criterion.wording, criterion.why, criterion.todo):
            assert re.match(r"[A-Z].*[.]$", text), text
        assert re.match(r"[A-Z{]", criterion.says)
        assert not criterion.says.endswith(".")

    def test_makes_no_vendor_accountable(self, criterion: CriterionTerms) -> None:
        assert criterion.accountable
        assert Role.CONSULTANT not in criterion.accountable

    def test_names_a_known_source_and_an_honest_grade(self, criterion: CriterionTerms) -> None:
        codes = {source.partition(":")[0] for source in criterion.sources}
        assert codes <= set(read_sources())
        is_ours = codes == {"MISSION"}
        assert not is_ours or Grade.PROPOSED in (criterion.grade, criterion.threshold_grade)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped policy to break."""
    return Path(shutil.copytree(BUILT_IN, tmp_path / "policy"))


def edit(folder: Path, name: str, change: Callable[[dict[str, object]], object]) -> None:
    """Change one file of a policy."""
    path = folder / name
    body = yaml.safe_load(path.read_text())
    change(body)
    path.write_text(yaml.safe_dump(body))


def refusal(folder: Path) -> list[str]:
    """Return the lines of the refusal."""
    with pytest.raises(PolicyRefused) as refused:
        read_policy(folder)
    return str(refused.value).splitlines()


def first_criterion(body: dict[str, object]) -> dict[str, object]:
    """Return a gate file's first criterion."""
    criteria = body["criteria"]
    assert isinstance(criteria, list)
    found = criteria[0]
    assert isinstance(found, dict)
    return found


class TestReadPolicy:
    def test_reads_a_copy_the_same(self, folder: Path) -> None:
        assert read_policy(folder) == built_in_policy()

    def test_does_not_hang_on_how_yaml_is_written(self, folder: Path) -> None:
        edit(folder, "g3_uat_exit.yaml", lambda body: None)
        assert read_policy(folder).digest == built_in_policy().digest

    @pytest.mark.parametrize(
        ("field", "value", "line"),
        [
            ("target", "many", "UX-01, target: 'many' is not of type 'number'; write a value"),
            ("class", "MEDIUM", "UX-01, class: 'MEDIUM' is not one of ['HARD', 'SOFT']; write one"),
            ("nonsense", 1, "UX-01: Additional properties are not allowed"),
            ("accountable", ["CONSULTANT"], "UX-01, accountable.0: 'CONSULTANT' is not one of"),
            ("accountable", [], "UX-01, accountable: [] should be non-empty; see schema.json"),
            ("key", "ux1", "ux1, key: 'ux1' does not match"),
            ("due_days", 99, "UX-01, due_days: it is due before its gate opens; write 56 or less"),
            ("says", "{many}", "UX-01, says: many cannot be filled in; use only done,"),
            ("sources", ["Z1"], "UX-01, sources: Z1 is not listed; add it to the list of sources"),
        ],
    )
    def test_names_file_criterion_field_and_remedy(
        self, folder: Path, field: str, value: object, line: str
    ) -> None:
        edit(folder, "g3_uat_exit.yaml", lambda body: first_criterion(body).update({field: value}))
        assert refusal(folder)[0].startswith(f"g3_uat_exit.yaml, {line}")

    def test_names_a_missing_field(self, folder: Path) -> None:
        edit(folder, "g3_uat_exit.yaml", lambda body: first_criterion(body).pop("metric"))
        assert refusal(folder) == [
            "g3_uat_exit.yaml, UX-01: 'metric' is a required property; add the field"
        ]

    def test_numbers_a_criterion_that_has_no_key(self, folder: Path) -> None:
        edit(folder, "g3_uat_exit.yaml", lambda body: first_criterion(body).pop("key"))
        assert refusal(folder) == [
            "g3_uat_exit.yaml, criterion 1: 'key' is a required property; add the field"
        ]

    def test_numbers_a_criterion_that_is_none(self, folder: Path) -> None:
        edit(folder, "g3_uat_exit.yaml", lambda body: body.update(criteria=["UX-01"]))
        assert refusal(folder)[0].startswith("g3_uat_exit.yaml, criterion 1: 'UX-01' is not of")

    def test_lists_every_problem(self, folder: Path) -> None:
        for name in ("g3_uat_exit.yaml", "g4_training_readiness.yaml"):
            edit(folder, name, lambda body: first_criterion(body).update(target="many"))
        assert [line.split(",")[0] for line in refusal(folder)] == [
            "g3_uat_exit.yaml",
            "g4_training_readiness.yaml",
        ]

    def test_names_the_gate_and_the_index(self, folder: Path) -> None:
        edit(folder, "g3_uat_exit.yaml", lambda body: body.update(opens_days="soon"))
        edit(folder, "policy.yaml", lambda body: body.update(version=0))
        assert refusal(folder) == [
            "g3_uat_exit.yaml, opens_days: 'soon' is not of type 'integer';"
            " write a value of type integer",
            "policy.yaml, version: 0 is less than the minimum of 1;"
            " see schema.json for what is allowed",
        ]

    def test_refuses_a_gate_described_twice(self, folder: Path) -> None:
        edit(folder, "g4_training_readiness.yaml", lambda body: body.update(gate="G3"))
        assert refusal(folder) == [
            "policy.yaml, gates: two files describe the same gate; give each its own key"
        ]

    def test_refuses_a_policy_without_gates(self, folder: Path) -> None:
        edit(folder, "policy.yaml", lambda body: body.update(gates=[]))
        assert refusal(folder)[0].startswith("policy.yaml, gates: [] should be non-empty")

    def test_refuses_a_file_that_is_not_there(self, folder: Path) -> None:
        (folder / "g3_uat_exit.yaml").unlink()
        assert refusal(folder) == [
            "g3_uat_exit.yaml: missing; put it into the folder or take it out of policy.yaml"
        ]

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"gate: G3\ngate: G4\n", "gate stands twice, from line 1"),
            (b"a: &a [1]\nb: *a\n", "an alias (*) is not allowed; write the value out"),
            (b"gate: [", "while parsing a flow node"),
            (b"\xff\xfe\x00", "'utf-8' codec can't decode"),
            (b"[" * 20000, "nested too deeply|maximum recursion depth"),
            (b"a: " + b"x" * MAX_BYTES, "the file is larger than 1,000,000 bytes"),
            (b"!!python/object/apply:os.system [ls]", "could not determine a constructor"),
            (b"- a list\n", "not a mapping; write one `key: value` a line"),
            (b"", "not a mapping"),
        ],
    )
    def test_refuses_what_is_no_plain_yaml(self, folder: Path, content: bytes, reason: str) -> None:
        (folder / "g3_uat_exit.yaml").write_bytes(content)
        (line,) = refusal(folder)
        assert re.match(f"g3_uat_exit.yaml: ({'|'.join(map(re.escape, reason.split('|')))})", line)


class TestReadSources:
    def test_says_what_stands_behind_a_code(self) -> None:
        assert read_sources()["M2"].startswith("Microsoft")
