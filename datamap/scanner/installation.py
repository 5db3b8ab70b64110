"""The recognisers of this installation: the file that CANDOR_RECOGNISERS names, in Presidio's own format.

What is only patterns and words runs as a team's own do, in RE2 and in columns too; the rest is Presidio's to load.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from core.types import Reason
from datamap.scanner import presidio_yaml
from datamap.scanner.options import Recogniser
from datamap.scanner.presidio_yaml import BadYaml, Entry

CONFIGURATION: Final = Path(__file__).parent / "data" / "recognisers.yaml"
#: Environment variable that names another file.
SETTING: Final = "CANDOR_RECOGNISERS"
#: The registry knows one language: what has a form has it in all.
LANGUAGE: Final = "en"


@dataclass(frozen=True, slots=True)
class Installation:
    """What a file gives: people's recognisers, and the configuration that Presidio loads."""

    recognisers: tuple[Recogniser, ...]
    for_presidio: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an entry (0: with the file); `fatal` where scans would not start."""

    number: int
    name: str
    reason: Reason
    fatal: bool = True

    @property
    def place(self) -> str:
        """Entry and line, "" for the file as a whole."""
        return f"entry {self.number} ({self.name}), line {self.reason.params['line']}" if self.number else ""


def named_file() -> Path | None:
    """The file that this installation names, if it names one."""
    named = os.environ.get(SETTING, "").strip()
    return Path(named) if named else None


def installation() -> Installation:
    """What the installation's file says, or ours. Raises BadYaml."""
    return _read(named_file() or CONFIGURATION)


@cache
def _read(path: Path) -> Installation:
    document = _document(path)
    own = {entry.number: entry for entry in presidio_yaml.entries(document) if path != CONFIGURATION and _is_own(entry)}
    left = [raw for number, raw in enumerate(document["recognizers"], start=1) if number not in own]
    recognisers = tuple(entry.recogniser for entry in own.values() if entry.recogniser and entry.enabled)
    settings = {"global_regex_flags": presidio_yaml.FLAGS, "supported_languages": [LANGUAGE]}
    return Installation(recognisers, settings | document | {"recognizers": left})


def _document(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError:
        raise BadYaml("yaml.missing") from None
    document = presidio_yaml.load(content)
    if not isinstance(document, dict) or not isinstance(document.get("recognizers"), list):
        raise BadYaml("yaml.shape")
    return document


@cache
def _ours() -> frozenset[str]:
    """Names of the entries that our file has: in a copy they stay what they are."""
    return frozenset(entry.name for entry in presidio_yaml.entries(_document(CONFIGURATION)))


def _is_own(entry: Entry) -> bool:
    return entry.recogniser is not None and not entry.problems and entry.name not in _ours()


# --- checking ---------------------------------------------------------------------------------------------------------


def problems(path: Path) -> Iterator[Problem]:
    """Everything that is wrong with a file, entry by entry, then what Presidio says of what it must load itself."""
    try:
        document = _document(path)
    except BadYaml as error:
        yield Problem(0, "", error.reason)
        return
    found = [problem for entry in presidio_yaml.entries(document) for problem in _entry_problems(entry, document)]
    yield from found
    if not any(problem.fatal for problem in found):
        yield from _refused(_read(path))


def _entry_problems(entry: Entry, document: dict[str, Any]) -> Iterator[Problem]:
    if entry.predefined:
        if entry.name not in _known():
            yield Problem(entry.number, entry.name, Reason("entry.unknown", {"line": entry.line}))
        elif LANGUAGE not in _languages(document["recognizers"][entry.number - 1], document):
            yield Problem(entry.number, entry.name, Reason("entry.language", {"line": entry.line}), fatal=False)
        return
    for reason in entry.problems if entry.name not in _ours() else ():
        if reason.code in {"pattern.lookaround", "pattern.backreference"}:
            yield Problem(entry.number, entry.name, reason, fatal=False)  # Presidio runs it, in texts
        else:
            yield Problem(entry.number, entry.name, reason)


def _languages(raw: Any, document: dict[str, Any]) -> set[Any]:
    """The languages in which Presidio would load an entry; none named means the file's."""
    given = (raw.get("supported_languages") if isinstance(raw, dict) else None) or document.get("supported_languages")
    return {item.get("language") if isinstance(item, dict) else item for item in given or [LANGUAGE]}


@cache
def _known() -> frozenset[str]:
    """Presidio's own recognisers, by the names a file calls them by."""
    import presidio_analyzer.predefined_recognizers  # noqa: F401, PLC0415 - takes a second, and only a check needs it
    from presidio_analyzer.recognizer_registry.recognizers_loader_utils import RecognizerListLoader  # noqa: PLC0415

    return frozenset(kind.__name__ for kind in RecognizerListLoader.get_all_existing_recognizers())


def _refused(given: Installation) -> Iterator[Problem]:
    from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider  # noqa: PLC0415 - as above

    if not given.for_presidio["recognizers"]:
        return
    try:
        RecognizerRegistryProvider(registry_configuration=given.for_presidio).create_recognizer_registry()
    except Exception as error:  # noqa: BLE001 - whatever it raises, the file is why; it quotes the file, no sample
        cause = " ".join(str(error).split())[:300]
        yield Problem(0, "", Reason("entry.presidio", {"cause": cause or type(error).__name__}))
