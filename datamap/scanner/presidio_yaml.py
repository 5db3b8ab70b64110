"""Recognisers in Presidio's own YAML, read and written.

read(text) -> entries, each a Recogniser or what is wrong with it; write(recognisers) -> a file that Presidio loads.
Two keys are ours, and Presidio passes over them: `category` and `identifying`, what the entity means for a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from core.types import Category, Identifying, Reason
from datamap.scanner.custom import check
from datamap.scanner.kinds import kind_of
from datamap.scanner.options import Pattern, Recogniser
from datamap.scanner.yaml_lines import BadYaml, line_of, load

__all__ = ["FLAGS", "BadYaml", "Entry", "entries", "load", "read", "write"]

#: Presidio's own name and value for DOTALL, MULTILINE and IGNORECASE, which custom.FLAGS says in RE2's way.
FLAGS: Final = 26


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the file: its place (from 1), its name, the recogniser it is or the reasons why it is none.

    Every reason has its line among its params.
    """

    number: int
    name: str
    line: int  # 0 for what was not read from a file
    recogniser: Recogniser | None = None
    problems: tuple[Reason, ...] = ()
    predefined: bool = False  # program code of Presidio's, by name
    enabled: bool = True


def read(content: bytes | str, *, most: int | None = None) -> list[Entry]:
    """The entries of a file, at most so many that are people's own. Raises BadYaml."""
    return entries(load(content), most=most)


def entries(document: Any, *, most: int | None = None) -> list[Entry]:
    """The entries of a loaded file. Raises BadYaml."""
    found = document.get("recognizers") if isinstance(document, dict) else None
    if not isinstance(found, list):
        raise BadYaml("yaml.shape")
    own = sum(not _is_predefined(raw) for raw in found)
    if most is not None and own > most:
        raise BadYaml("yaml.many", given=own, most=most)
    return [_entry(number, raw, line_of(found, number - 1)) for number, raw in enumerate(found, start=1)]


def _is_predefined(raw: Any) -> bool:
    return isinstance(raw, str) or (isinstance(raw, dict) and raw.get("type") == "predefined")


def _entry(number: int, raw: Any, line: int) -> Entry:
    if isinstance(raw, str):
        return Entry(number, raw[:80], line, predefined=True)
    if not isinstance(raw, dict) or not isinstance(raw.get("name"), str):
        return Entry(number, "", line, problems=(Reason("entry.shape", {"line": line}),))
    name, enabled = raw["name"][:80], raw.get("enabled") is not False
    if _is_predefined(raw):
        return Entry(number, name, line, predefined=True, enabled=enabled)
    try:
        recogniser = _recogniser(raw)
    except _Odd as odd:
        return Entry(number, name, line, problems=(_placed(odd.reason, raw, line),), enabled=enabled)
    problems = tuple(_placed(reason, raw, line) for reason in check(recogniser))
    return Entry(number, name, line, recogniser, problems, enabled=enabled)


#: The key of an entry that a reason is about, where it is not the reason's own code.
_KEYS: Final = {
    "entity": "supported_entity", "entity_known": "supported_entity", "word": "deny_list", "words": "deny_list",
    "word_score": "deny_list_score", "contexts": "context", "language": "supported_languages",
    "entry.category": "category", "entry.identifying": "identifying",
}  # fmt: skip


def _placed(reason: Reason, raw: Mapping[str, Any], line: int) -> Reason:
    """A reason with the line that it is about."""
    line = line_of(raw, _KEYS.get(reason.code, reason.code), line)
    patterns = raw.get("patterns")
    if reason.code.startswith("pattern.") and isinstance(patterns, list):
        named = [str(one.get("name") or f"pattern {number}")[:80] for number, one in enumerate(patterns, start=1)]
        line = line_of(patterns, named.index(str(reason.params["pattern"])), line)
    return Reason(reason.code, {**reason.params, "line": line})


class _Odd(Exception):
    """An entry that is not shaped like one."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.reason = Reason(code, {"value": value[:60]})


def _recogniser(raw: Mapping[str, Any]) -> Recogniser:
    entity = raw.get("supported_entity") or next(iter(_texts(raw.get("supported_entities"))), "")
    if not isinstance(entity, str):
        raise _Odd("entry.shape")
    kind, languages = kind_of(entity), list(_languages(raw))
    return Recogniser(
        name=raw["name"],
        entity=entity,
        category=_one_of(Category, raw.get("category"), kind.category, "entry.category"),
        identifying=_one_of(Identifying, raw.get("identifying"), kind.identifying, "entry.identifying"),
        patterns=tuple(_patterns(raw.get("patterns"))),
        deny_list=tuple(_texts(raw.get("deny_list"))),
        context=tuple(
            dict.fromkeys([*_texts(raw.get("context")), *(word for _, words in languages for word in words)])
        ),
        languages=tuple(language for language, _ in languages),
        deny_list_score=_number(raw.get("deny_list_score", 1.0)),
    )


def _one_of(kind: Any, given: Any, default: Any, code: str) -> Any:
    if given is None:
        return default
    try:
        return kind(given)
    except ValueError:
        raise _Odd(code, str(given)) from None


def _texts(given: Any) -> list[str]:
    """A list of texts; YAML reads 0042 and yes as other things, which were meant as they are written."""
    if given is None:
        return []
    if not isinstance(given, list) or any(isinstance(item, dict | list) for item in given):
        raise _Odd("entry.shape")
    texts = getattr(given, "written", ()) or map(str, given)
    return [text.strip() for text in texts if text.strip()]


def _patterns(given: Any) -> Iterator[Pattern]:
    if given is None:
        return
    if not isinstance(given, list):
        raise _Odd("entry.shape")
    for number, raw in enumerate(given, start=1):
        if not isinstance(raw, dict) or not isinstance(raw.get("regex"), str):
            raise _Odd("entry.shape")
        yield Pattern(str(raw.get("name") or f"pattern {number}"), raw["regex"], _number(raw.get("score")))


def _number(given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise _Odd("entry.shape")
    return float(given) if abs(given) < 2 else 2.0  # no score either way; an integer may be too long for a float


def _languages(raw: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The languages of an entry, with the context words of each: Presidio has three ways to write them."""
    if isinstance(single := raw.get("supported_language"), str):
        yield single, []
        return
    given = raw.get("supported_languages") or []
    if not isinstance(given, list):
        raise _Odd("entry.shape")
    for item in given:
        if isinstance(item, dict) and isinstance(item.get("language"), str):
            yield item["language"], _texts(item.get("context"))
        elif isinstance(item, str):
            yield item, []
        else:
            raise _Odd("entry.shape")


# --- writing ----------------------------------------------------------------------------------------------------------


def write(recognisers: Sequence[Recogniser], resting: Collection[str] = ()) -> str:
    """A file for Presidio's RecognizerRegistryProvider, in the order given; `resting` are those not in use, by name."""
    written = [_written(it) | ({"enabled": False} if it.name in resting else {}) for it in recognisers]
    languages = sorted({language for it in recognisers for language in it.languages} | {"en"})
    document = {"supported_languages": languages, "global_regex_flags": FLAGS, "recognizers": written}
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)


def _written(it: Recogniser) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": it.name, "type": "custom", "supported_entity": it.entity}
    if len(it.languages) > 1:
        entry["supported_languages"] = [
            {"language": language, "context": list(it.context)} if it.context else {"language": language}
            for language in it.languages
        ]
    else:
        entry |= {"supported_language": it.languages[0]} if it.languages else {}
        entry |= {"context": list(it.context)} if it.context else {}
    entry |= {"category": str(it.category), "identifying": str(it.identifying)}
    if it.patterns:
        entry["patterns"] = [{"name": one.name, "regex": one.regex, "score": one.score} for one in it.patterns]
    if it.deny_list:
        entry |= {"deny_list": list(it.deny_list), "deny_list_score": it.deny_list_score}
    return entry
