"""Which encoding a text is in, from its bytes alone.

UTF-8 proves itself. East Asian encodings are told apart by the share of characters in everyday use (each keeps those in
rows of their own), alphabets by the frequency of their letters, Latin code pages by whether the accented letters that
they give are those of one language.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from datamap.scanner.types import Unreadable

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Bytes that are judged, taken from lines that are not plain ASCII.
PROBE: Final = 64 * 1024
#: Control characters that no text holds, but for those that part cells, and how many of them are stray.
CONTROLS: Final = (*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20))
STRAY: Final = 0.01
#: Zeros that may stand in a text, as cells of fixed length that were filled up with them.
ZEROS: Final = 0.2
SEQUENCE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
LINE: Final = re.compile(rb"[^\n\r]*[\x80-\xff][^\n\r]*")
ENDED: Final = re.compile(rb"\n\x00|\x00\n")
#: The name under which `MIXED` is an error handler of codecs.
MIXED: Final = "candor-mixed"


def encoding_of(head: bytes) -> str:
    """The encoding of a text's first bytes. Raises Unreadable("binary") for what is no text."""
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    if wide := _wide(head):
        return wide
    if _is_binary(head):
        raise Unreadable("binary")
    if head.isascii():
        return "iso2022_jp" if b"\x1b$" in head else "utf-8"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return guess(head)
    return "utf-8"


def _is_binary(head: bytes) -> bool:
    """Texts hold no control characters, but for two that may part cells and, in Hive's files, what lists hold."""
    counts = sorted(head.count(byte) for byte in CONTROLS)
    return sum(counts[:-2]) > STRAY * len(head) or head.count(0) > ZEROS * len(head)


def _wide(head: bytes) -> str:
    """UTF-16 or UTF-32 without a byte order mark: most texts hold line ends and digits, whose other bytes are zero."""
    probe = head[: PROBE - PROBE % 4]
    zeros = probe.count(0)
    if len(probe) < 8 or zeros < len(probe) / 100:
        return ""
    if 10 * len(ENDED.findall(probe)) < 9 * probe.count(b"\n"):
        return ""  # plain text with zeros in it: in wide text each line end has a zero beside it
    for name, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        try:
            text = probe[: len(probe) - len(probe) % width].decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and _reads(text):
            return name
    return ""


def _reads(text: str) -> bool:
    """Letters, digits and spaces of few scripts: bytes paired the wrong way round are spread over all of Unicode."""
    plain = sum(char.isascii() and (char.isprintable() or char.isspace()) for char in text)
    rows = {ord(char) >> 8 for char in text if char.isalnum()}
    letters = sum(char.isalnum() for char in text)
    known = sum(_is_everyday(ord(char)) for char in text if not char.isascii())
    return plain + known > 0.95 * len(text) and (plain > 0.02 * len(text)) and letters > 0 and len(rows) < 120


def _is_everyday(point: int) -> bool:
    return point < 0x2000 or 0x2010 <= point < 0x2200 or 0x3000 <= point < 0xA000 or 0xAC00 <= point < 0xD7B0


def guess(data: bytes) -> str:
    """An encoding for bytes that are not clean UTF-8. Mostly UTF-8 with strange bytes in between stays UTF-8."""
    probe = b"\n".join(match.group() for match in LINE.finditer(data, 0, 16 * PROBE))[:PROBE] or data[:PROBE]
    sequences = SEQUENCE.findall(probe)
    stray = sum(byte > 0x7F for byte in probe) - sum(map(len, sequences))
    if len(sequences) > stray:
        return "utf-8"
    return _east_asian(probe) or _best(probe, ALPHABETS if _in_runs(probe) else LATIN)


def mixed(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 in a text that is: Windows' Western ones, as when rows of two sources were joined."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(MIXED, mixed)


@dataclass(frozen=True, slots=True)
class EastAsian:
    """A two-byte encoding: how its characters look, which of them are in everyday use, and what shares make it it."""

    name: str
    pair: re.Pattern[bytes]
    common: re.Pattern[bytes]
    least: float  # share of characters in everyday use
    high: float  # share of characters both of whose bytes are above ASCII


EAST_ASIAN: Final = (
    EastAsian(
        "euc_jp",
        re.compile(rb"[\xa1-\xfe]{2}|\x8e[\xa1-\xdf]"),
        re.compile(rb"[\xa4\xa5][\xa1-\xf6]"),
        0.15,
        1.0,
    ),
    EastAsian(
        "cp949",
        re.compile(rb"[\x81-\xfe][A-Za-z\x81-\xfe]"),
        re.compile(rb"[\xb0-\xc8][\xa1-\xfe]"),
        0.9,
        0.9,
    ),
    EastAsian(
        "gb18030",
        re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]"),
        re.compile(rb"[\xb0-\xd7\xa1\xa3][\xa1-\xfe]"),
        0.85,
        0.9,
    ),
    EastAsian(
        "cp932",
        re.compile(rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]|[\xa1-\xdf]"),
        re.compile(rb"[\x81\x82\x83\x88-\x97][\x40-\x7e\x80-\xfc]"),
        0.8,
        0.15,
    ),
    EastAsian(
        "big5",
        re.compile(rb"[\xa1-\xf9][\x40-\x7e\xa1-\xfe]"),
        re.compile(rb"[\xa1\xa4-\xc6][\x40-\x7e\xa1-\xfe]"),
        0.85,
        0.3,
    ),
)
OTHER: Final = re.compile(rb"[\x80-\xff]")


def _east_asian(probe: bytes) -> str:
    for encoding in EAST_ASIAN:
        pairs = encoding.pair.findall(probe)
        bad = len(OTHER.findall(encoding.pair.sub(b"", probe)))
        if not pairs or bad > 0.01 * len(pairs) + 1:
            continue
        common = sum(encoding.common.fullmatch(pair) is not None for pair in pairs)
        high = sum(pair[-1] > 0x7F for pair in pairs)
        if common >= encoding.least * len(pairs) and high >= encoding.high * len(pairs):
            return encoding.name
    return ""


def _in_runs(probe: bytes) -> bool:
    """Whether letters above ASCII stand together, as in Greek words, and not alone among others, as in French ones."""
    runs = re.findall(rb"[\x80-\xff]+", probe)
    return sum(len(run) for run in runs if len(run) > 2) > 0.5 * sum(map(len, runs))


#: Letters of an alphabet, the commonest first (case aside), and the code pages it is written in.
ALPHABETS: Final[dict[str, tuple[str, ...]]] = {
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґјљњћђџ": ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"),
    "αοιετσνηυρπκμλςωδγχθφβξζψάίόέήύώϊϋ": ("cp1253", "iso8859_7"),
    "יוהלאתרמבנשעדקכחםפטגסןצזךףץ": ("cp1255", "cp862"),
    "اليمنورتبةعدسفهكقحجشطصخأىضذثزغإظءؤئآپچگژ،": ("cp1256", "iso8859_6"),
    "านรอกเงมยลวดทสตะปบคหแจพชขใไผธซศณถภญฟษฐฉ่้ิีัุู์็ื": ("cp874",),
}
#: The accented letters of languages, and the code pages these are written in. The first code page wins a draw.
LATIN: Final[dict[str, tuple[str, ...]]] = {
    "éèàêçùîôûëïâœæüÿ": ("cp1252", "cp850", "mac_roman"),
    "äöüß": ("cp1252", "cp850", "mac_roman"),
    "áéíóúñü¿¡ªº": ("cp1252", "cp850", "mac_roman"),
    "ãçáéíóúâêôõàüªº": ("cp1252", "cp850", "mac_roman"),
    "àèéìòù": ("cp1252", "cp850", "mac_roman"),
    "åäöéæøü": ("cp1252", "cp850", "mac_roman"),
    "áéíóúýþðæö": ("cp1252", "cp850"),
    "ąćęłńóśźż": ("cp1250", "iso8859_2", "cp852"),
    "áčďéěíňóřšťúůýž": ("cp1250", "iso8859_2", "cp852"),
    "áäčďéíĺľňóôŕšťúýž": ("cp1250", "iso8859_2", "cp852"),
    "áéíóöőúüű": ("cp1250", "iso8859_2", "cp852"),
    "ăâîşţșț": ("cp1250", "iso8859_2"),
    "čćđšž": ("cp1250", "iso8859_2"),
    "çğıöşüâî": ("cp1254",),
    "ąčęėįšųūž": ("cp1257", "iso8859_13"),
    "āčēģīķļņšūž": ("cp1257", "iso8859_13"),
    "äõöüšž": ("cp1257", "iso8859_13"),
}
#: Signs of any text.
SIGNS: Final = frozenset("“”„‘’‚–—…«»°€£§\xa0·•™®©½¼²³´×")


def _best(probe: bytes, languages: dict[str, tuple[str, ...]]) -> str:
    """The code page whose reading looks most like a language's."""
    weigh = _by_frequency if languages is ALPHABETS else _by_membership
    best, most = "cp1252", 0.0
    for name in dict.fromkeys(name for names in languages.values() for name in names):
        text = probe.decode(name, errors="replace")
        groups = [letters for letters, names in languages.items() if name in names]
        merit = _merit(text, groups, weigh)
        if merit > most + 0.001:
            best, most = name, merit
    return best


def _merit(text: str, groups: list[str], weigh: Callable[[str, str, str], float]) -> float:
    chars = [char for char in text if not char.isascii()]
    whole = "".join(groups)
    if not chars:
        return 0.0
    folded = [char.lower() if char != "İ" else "ı" for char in chars]
    tally = {char: folded.count(char) for char in set(folded)}
    sums = [sum(count * weigh(char, letters, whole) for char, count in tally.items()) for letters in groups]
    capitals = 0.2 * sum(char.isupper() for char in chars)
    return (max(sums) - capitals - 0.7 * _odd_cases(text)) / len(chars)


def _odd_cases(text: str) -> int:
    """Capitals in the middle of a word: what a wrong code page makes of small letters."""
    return sum(
        a.islower() and b.isupper() and not (a.isascii() and b.isascii()) for a, b in zip(text, text[1:], strict=False)
    )


def _by_membership(char: str, letters: str, whole: str) -> float:
    if char in letters:
        return 1.0
    if char in whole:
        return 0.85
    return 0.6 if char in SIGNS else 0.0


def _by_frequency(char: str, letters: str, whole: str) -> float:
    place = letters.find(char)
    return max(0.1, 1.0 - 0.9 * place / min(len(letters), 33)) if place >= 0 else 0.0
