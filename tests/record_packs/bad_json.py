"""Texts that are not canonical JSON, in every place of a pack: FORMAT.md, section 1."""

from collections.abc import Callable, Iterator

from tests.record_packs import canonical, cases, worlds
from tests.record_packs.canonical import Json
from tests.record_packs.cases import Case
from tests.record_packs.logs import Log, Signing
from tests.record_packs.packs import Stages

HERE = "@@"
PLACE = b'"@@"'

WRONG_STRINGS: dict[str, bytes] = {
    "a letter escaped": b'"\\u0041"',
    "a slash escaped": b'"\\/"',
    "a line feed escaped the long way": b'"\\u000a"',
    "an escape in capitals": b'"\\u001F"',
    "an escape with a capital U": b'"\\U0001"',
    "an unknown escape": b'"\\x41"',
    "an escape for an apostrophe": b'"\\\'"',
    "an umlaut escaped": b'"\\u00fc"',
    "a pair escaped": b'"\\ud835\\udd38"',
    "a line separator escaped": b'"\\u2028"',
    "delete escaped": b'"\\u007f"',
    "a lone high surrogate escaped": b'"\\ud800"',
    "a lone low surrogate escaped": b'"\\udc00"',
    "a pair the wrong way round": b'"\\udc00\\ud800"',
    "a surrogate in UTF-8": b'"\xed\xa0\x80"',
    "a pair in CESU-8": b'"\xed\xa0\xb5\xed\xb4\xb8"',
    "an overlong slash": b'"\xc0\xaf"',
    "beyond Unicode": b'"\xf4\x90\x80\x80"',
    "a byte of Latin-1": b'"\xfc"',
    "UTF-8 cut off": b'"\xc3"',
    "a tab as it is": b'"\t"',
    "a null as it is": b'"\x00"',
    "single quotes": b"'a'",
    "no end": b'"a',
    "an escape cut off": b'"\\u00"',
}
WRONG_VALUES: dict[str, bytes] = WRONG_STRINGS | {
    "one point nought": b"1.0",
    "a half": b"0.5",
    "an exponent": b"1e3",
    "a capital exponent": b"1E3",
    "minus nought": b"-0",
    "a leading nought": b"01",
    "a plus": b"+1",
    "hexadecimal": b"0x1",
    "2 to the 53rd": b"9007199254740992",
    "minus 2 to the 53rd": b"-9007199254740992",
    "a very large number": b"1" + b"0" * 400,
    "a number of 5,000 digits": b"7" * 5000,
    "not a number": b"NaN",
    "infinity": b"Infinity",
    "undefined": b"undefined",
    "True": b"True",
    "nothing": b"",
    "digits of another script": "\u0663".encode(),
    "an underscore in a number": b"1_000",
    "a space before": b" 1",
    "a space after": b"1 ",
    "a no-break space": b"\xc2\xa01",
    "a comment": b"1/**/",
    "a comma too many in an array": b"[1,]",
    "a comma too many in an object": b'{"a":1,}',
    "an empty place in an array": b"[,1]",
    "a space in an array": b"[1, 2]",
    "a space in an object": b'{"a": 1}',
    "a line feed in an object": b'{\n"a":1}',
    "keys in another order": b'{"b":1,"a":2}',
    "a key twice": b'{"a":1,"a":2}',
    "a key twice with the same value": b'{"a":1,"a":1}',
    "a key twice, once escaped": b'{"a":1,"\\u0061":1}',
    "keys sorted by code points": '{"\ufb33":1,"\U0001f600":2}'.encode(),
    "keys sorted without case": b'{"a":1,"B":2}',
    "a key without quotes": b"{a:1}",
    "a number as a key": b"{1:1}",
    "no colon": b'{"a"1}',
    "brackets that do not match": b"[1}",
}
RIGHT_STRINGS: dict[str, bytes] = {
    "control characters": b'"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f"',
    "delete and the separators": '"\x7f\x80\u2028\u2029\ufeff\ufffe\uffff"'.encode(),
    "quotes and strokes": b'"\\"\\\\/\'<>&"',
    "beyond the first plane": '"\U0001d538\U0010ffff"'.encode(),
    "letters that only look composed": '"e\u0301 \u00e9 \u212b"'.encode(),
    "no letters": b'""',
}
RIGHT_VALUES: dict[str, bytes] = RIGHT_STRINGS | {
    "the largest number": b"9007199254740991",
    "the smallest number": b"-9007199254740991",
    "nought": b"0",
    "keys sorted by UTF-16": '{"\U0001f600":2,"\ufb33":1}'.encode(),
    "keys of RFC 8785": '{"\\r":1,"1":2,"\x80":3,"ö":4,"€":5,"\U0001f600":6,"\ufb33":7}'.encode(),
    "keys that are parts of keys": b'{"":0,"a":1,"aa":2,"ab":3,"b":4}',
    "keys that look like numbers": b'{"1":1,"10":2,"2":3}',
    "keys that JavaScript knows": b'{"__proto__":{"a":1},"constructor":2,"toString":3}',
    "empty things": b'[[],{},"",null,true,false]',
    "a long string": b'"' + b"a" * 100_000 + b'"',
}
DEEPEST = 32


def _nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def _nested_objects(depth: int) -> bytes:
    return b'{"a":' * (depth - 1) + b"{}" + b"}" * (depth - 1)


def in_terms(fragment: bytes) -> tuple[Log, Stages]:
    """Put a fragment into the terms of an entry."""
    log = worlds.plain(3)
    log.entries[1]["terms"]["odd"] = HERE
    return log, Stages(bodies=lambda bodies: [body.replace(PLACE, fragment) for body in bodies])


def in_exhibit(fragment: bytes) -> tuple[Log, Stages]:
    """Put a fragment into an exhibit."""
    signing = Signing(exhibit={"odd": HERE}, write_exhibit=_writing(fragment))
    return cases.signed(signing), Stages()


def in_statement(fragment: bytes) -> tuple[Log, Stages]:
    """Put a fragment into a statement, where it says who delegated."""
    signing = Signing(delegation={"odd": HERE}, write_statement=_writing(fragment))
    return cases.signed(signing), Stages()


def in_manifest(fragment: bytes) -> tuple[Log, Stages]:
    """Put a string into the manifest."""
    log = worlds.plain(3)
    log.names["project_name"] = HERE
    return log, Stages(written=lambda content: content.replace(PLACE, fragment))


def in_texts(fragment: bytes) -> tuple[Log, Stages]:
    """Put a string into the texts; its commitment is made to fit where it is a string."""
    log = worlds.plain(1)
    try:
        log.add("DECISION_RECORDED", texts={"note": canonical_string(fragment)})
    except ValueError:
        log.add("DECISION_RECORDED", texts={"note": HERE})
    name = next(iter(log.texts))
    return log, Stages(members=lambda members: members | _texts(log, name, fragment))


def in_anchors(fragment: bytes) -> tuple[Log, Stages]:
    """Put a string into the list of where checkpoints were sent."""
    log = worlds.plain(3)
    log.sent = [{"at": log.entries[0]["at"], "kind": "MAIL", "size": 1, "to": HERE}]
    return log, Stages(members=_replacing("anchors.json", fragment))


def canonical_string(fragment: bytes) -> str:
    """Return the string that a fragment means to a lenient reader."""
    text = canonical.read_leniently(fragment)
    text.encode()  # a lone surrogate has no commitment
    return text


def _texts(log: Log, name: str, fragment: bytes) -> dict[str, bytes]:
    written = canonical.write({name: log.texts[name] | {"text": HERE}})
    return {"texts.json": written.replace(PLACE, fragment)}


def _replacing(member: str, fragment: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda members: members | {member: members[member].replace(PLACE, fragment)}


def _writing(fragment: bytes) -> Callable[[Json], bytes]:
    return lambda row: canonical.write(row).replace(PLACE, fragment)


Placing = Callable[[bytes], tuple[Log, Stages]]
VALUE_PLACES: dict[str, tuple[Placing, int]] = {
    "terms": (in_terms, 2),
    "an exhibit": (in_exhibit, 1),
    "a statement": (in_statement, 2),
}
STRING_PLACES: dict[str, Placing] = {
    "the manifest": in_manifest,
    "the texts": in_texts,
    "the anchors": in_anchors,
}


def bad_cases() -> Iterator[Case]:
    """Yield packs in which one text is not canonical."""
    for place, (placing, above) in VALUE_PLACES.items():
        deep = {"33 deep": _nested(DEEPEST + 1 - above)}
        deep |= {"objects 33 deep": _nested_objects(DEEPEST + 1 - above)}
        deep |= {"50,000 deep": _nested(50_000)}
        for name, fragment in (WRONG_VALUES | deep).items():
            log, stages = placing(fragment)
            yield cases.bad(f"json: {name} in {place}", log, stages=stages)
    for place, placing in STRING_PLACES.items():
        for name, fragment in WRONG_STRINGS.items():
            log, stages = placing(fragment)
            yield cases.bad(f"json: {name} in {place}", log, stages=stages)


def good_cases() -> Iterator[Case]:
    """Yield packs that go to the limits of what canonical JSON may say."""
    for place, (placing, above) in VALUE_PLACES.items():
        deep = {"32 deep": _nested(DEEPEST - above)}
        deep |= {"objects 32 deep": _nested_objects(DEEPEST - above)}
        for name, fragment in (RIGHT_VALUES | deep).items():
            if place != "a statement" or len(fragment) < 2000:
                log, stages = placing(fragment)
                yield _good(f"json: {name} in {place}", log, stages=stages)
    for place, placing in STRING_PLACES.items():
        for name, fragment in RIGHT_STRINGS.items():
            log, stages = placing(fragment)
            yield _good(f"json: {name} in {place}", log, stages=stages)


def _good(name: str, log: Log, *, stages: Stages) -> Case:
    return cases.good(name, log, stages=stages, at=0)
