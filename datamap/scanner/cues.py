"""Recognisers for names and towns that the words before them introduce, in every language the scanner meets.

The models read these languages as far as they learned them; "Herr", "me llamo" and "mieszka w" are sure in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from presidio_analyzer import RecognizerResult

from datamap.scanner.gazetteer import folded, is_country, is_family, is_given, is_name, is_place, plain_words
from datamap.scanner.quick import Quick

#: A form of address; a name follows.
TITLE: Final = re.compile(
    r"(?<!\w)(?:mr|mrs|ms|mx|dr|prof|herrn?|frau|familie|famille|monsieur|madame|mademoiselle|mme|mlle"
    r"|señora?|señorita|srta"
    r"|sra|sr|signora?|signorina|sig|sig\.ra|dott|dott\.ssa|senhora?|dona|mevrouw|mevr|meneer|dhr|pani|pana|panem|panią"
    r"|пан|пані|господин|госпожа|κύριος|κύριο|κυρία|κ|bay|bayan|fru|rouva|herra|paní|pán|úr|domnul|doamna)"
    r"\.? (?!of |de la )",
    re.IGNORECASE,
)
#: Somebody says a name.
NAMED: Final = re.compile(
    r"(?<!\w)(?:my name is|name's|the name is|call me|this is|je m['’]appelle|mon nom est|je suis|c['’]est"
    r"|mein name ist"
    r"|ich heiße|ich heisse|ich bin|me llamo|mi nombre es|soy|mi chiamo|il mio nome è|sono|(?:o )?meu nome é|chamo-me"
    r"|me chamo|mijn naam is|ik heet|ik ben|nazywam się|mam na imię|меня зовут|мене звати|με λένε|ονομάζομαι"
    r"|benim adım|adım"
    r"|jmenuji se|volám sa|a nevem|nevem|numele meu este|mă numesc|jag heter|jeg heter|jeg hedder|nimeni on|اسمي|שמי"
    r"|name:|nom ?:|nombre:|nome:|imię:)\s+",
    re.IGNORECASE,
)
#: Somebody lives somewhere.
LIVES: Final = re.compile(
    r"(?<!\w)(?:(?:lives?|lived|living|reside[sd]?|residing|resident|moved|based|born) (?:in|at|of|from|to)"
    r"|j['’]habite(?: à)?|habite(?: à| en)|résid\w+ (?:à|en|au)|wohn\w* in|lebt in|lebe in|vive en|vivo en|reside en"
    r"|abit\w+ a|vive a|vivo a|resid\w+ em|mora em|moro em|vive em|vivo em|woont in|woon in|woonachtig in"
    r"|mieszka\w* we?"
    r"|живу в|живёт в|живет в|проживает в|жив[уеє]\w* в|μένω στην?|ζω στην?|bor i|asun)\s+",
    re.IGNORECASE,
)
WORD: Final = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*")
PARTICLES: Final = frozenset("de del della di da do dos das van von der den ter bin al el la le du y e".split())  # noqa: SIM905
COMPANY: Final = re.compile(
    r"(?<!\w)(?:[^\W\d_a-z][\w&'’.\-]*(?: |, | and | & | et | und | y )){1,4}"
    r"(?:Inc|LLC|Ltd|Limited|PLC|plc|LLP|Corp|Corporation|Incorporated|Company|Group|Holdings|Bank|Industries|Technologies"
    r"|Solutions|Partners|Associates|Sons|University|College|Hospital|Orchestra|GmbH|AG|KG|SARL|SAS|S\.A|SpA|S\.r\.l"
    r"|B\.V|N\.V|Oy|AB|ApS)(?!\w)"
)
#: Scripts whose names the models learned little of; their pairs of given and family name are looked for.
OTHER_SCRIPTS: Final = re.compile(r"[\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff\u0900-\u0dff\u0e00-\u0e7f]")
FULL_NAME: Final = re.compile(
    r"(?<=[a-z\u00df-\u00ff] )([^\W\d_a-z][a-z\u00df-\u00ff]+) ([^\W\d_a-z][a-z\u00df-\u00ff]+)(?![\w-]| [^\W\d_a-z])"
)
WITHOUT_SPACES: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
LONGEST: Final = 3  # words of a name, characters of each half where nothing stands between words
LEAST: Final = 4  # letters of a town that nothing introduces
CALLED: Final = re.compile(r"さん|様|氏|です|と申|先生|女士|小姐|님|씨")


class NameCues(Quick):
    """Names after a form of address or an introduction, and pairs of known names in scripts of their own."""

    ENTITY = "PERSON"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [self.result(start, end, score) for start, end, score in _names(text)]


class CompanyRecogniser(Quick):
    """Names that end as those of companies and institutions do; a family name in them is nobody's."""

    ENTITY = "ORGANIZATION"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [self.result(match.start(), match.end(), 0.8) for match in COMPANY.finditer(text)]


class PlaceCues(Quick):
    """Towns and countries after a word of living."""

    ENTITY = "LOCATION"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        said = [_place(text, match.end()) for match in LIVES.finditer(text)]
        known = [found for found in _known_places(text) if found not in said]
        return [self.result(start, end, 0.65) for start, end in said if end] + [self.result(*it, 0.5) for it in known]


def _names(text: str) -> Iterator[tuple[int, int, float]]:
    for cue, score in ((TITLE, 0.7), (NAMED, 0.65)):
        for match in cue.finditer(text):
            position = match.end()
            while title := TITLE.match(text, position):
                position = title.end()
            start, end = _name(text, position)
            if end:
                yield start, end, score
    if OTHER_SCRIPTS.search(text):
        yield from _pairs(text)
    yield from _full_names(text)
    for run in WITHOUT_SPACES.finditer(text):
        yield from _unspaced(text, run.start(), run.end())


def _name(text: str, position: int) -> tuple[int, int]:
    """The words from a place that can be a name: with a capital, or in lower case if a list knows them."""
    start, end, count = position, 0, 0
    for match in WORD.finditer(text, position):
        gap = text[end or position : match.start()]
        if gap.strip(" ") or count >= LONGEST:
            break
        word = match.group()
        if end and folded(word) in PARTICLES:
            continue
        if not _could_be(word):
            break
        end, count = match.end(), count + 1
    return start, end


def _could_be(word: str) -> bool:
    if len(word) < 2 or folded(word) in plain_words():
        return False
    return is_name(word) if word.islower() else not word.isupper() or is_name(word)


def _place(text: str, position: int) -> tuple[int, int]:
    """The longest known place from here, else the words with a capital."""
    ends: list[int] = []
    for match in WORD.finditer(text, position):
        if text[ends[-1] if ends else position : match.start()].strip(" ") or len(ends) > LONGEST:
            break
        ends.append(match.end())
    known = [end for end in ends if is_place(text[position:end]) or is_country(text[position:end])]
    if known:
        return position, known[-1]
    end = 0
    for stop in ends:
        word = text[end or position : stop].strip()
        if not (word[:1].isupper() and not word.isupper()) and not (end and folded(word) in PARTICLES):
            break
        end = stop
    return position, end


def _known_places(text: str) -> Iterator[tuple[int, int]]:
    """Towns of the list, written with a capital, that are no names and no words that mean anything else."""
    words = list(WORD.finditer(text))
    for number, match in enumerate(words):
        first = match.group()
        if not first[0].isupper() or len(first) < LEAST or first.isupper():
            continue
        for last in (*words[number + 1 : number + 2], match):
            piece = text[match.start() : last.end()]
            if is_place(piece) and not is_name(first) and folded(first) not in plain_words():
                yield match.start(), last.end()
                break


def _pairs(text: str) -> Iterator[tuple[int, int, float]]:
    """Two neighbouring words, one known as a given name and one as a family name or both written as names."""
    words = [match for match in WORD.finditer(text) if OTHER_SCRIPTS.match(match.group())]
    for first, second in zip(words, words[1:], strict=False):
        if text[first.end() : second.start()] != " ":
            continue
        one, two = first.group(), second.group()
        if (is_given(one) and is_family(two)) or (is_family(one) and is_given(two)):
            yield first.start(), second.end(), 0.7
        elif (is_given(one) or is_family(two)) and one[:1].isupper() and two[:1].isupper():
            yield first.start(), second.end(), 0.6


def _full_names(text: str) -> Iterator[tuple[int, int, float]]:
    """A known given name and a known family name behind it, after a word in lower case."""
    for match in FULL_NAME.finditer(text):
        one, two = match.groups()
        if is_given(one) and is_family(two) and not plain_words() & {folded(one), folded(two)}:
            yield *match.span(), 0.6


def _unspaced(text: str, start: int, end: int) -> Iterator[tuple[int, int, float]]:
    """A known family name and a known given name behind it, or one of them with a form of address."""
    position = start
    while position < end:
        family = next((n for n in range(LONGEST, 0, -1) if is_family(text[position : position + n])), 0)
        after = position + family
        given = next((n for n in range(LONGEST, 0, -1) if family and is_given(text[after : after + n])), 0)
        stop = after + given
        if family and stop <= end and (given or (family > 1 and CALLED.match(text, stop))):
            yield position, stop, 0.7
            position = stop
        else:
            position += 1


def cues() -> tuple[Quick, ...]:
    return (NameCues(), PlaceCues(), CompanyRecogniser())
