"""What columns say of each other row by row: an address that spells the name beside it, an age that fits a birth date.

Only columns with a value in every row are laid side by side; a sample keeps no positions of the others.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from core.types import Reason
from datamap.scanner.evidence import Evidence, Tally
from datamap.scanner.shape import Shape
from datamap.scanner.verdict import Judged
from datamap.scanner.weak import year_in

#: Rows that are compared, and the fewest that prove anything.
ROWS: Final = 300
FEW: Final = 8
#: Shares of the rows that must agree.
SPELLED: Final = 0.5
COUNTED: Final = 0.9
SHORTEST: Final = 3
TOKEN: Final = re.compile(r"[a-z]+")
#: A feminine given name ends so in most languages that tell; over the names of both sexes the share differs by as much.
FEMININE: Final = ("a", "e", "ia", "子", "美")
APART: Final = 0.45
SEXES: Final = 2
_FOLD: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})

Offers = dict[int, list[Evidence]]


def offers(judged: Sequence[Judged]) -> Offers:
    """By place: what the column is, as its neighbours bear out."""
    found: Offers = defaultdict(list)
    for group in _aligned(judged):
        for place, evidence in (*_spelled(group), *_counted(group), *_sexes(group)):
            found[place].append(evidence)
    return found


def _aligned(judged: Sequence[Judged]) -> Iterator[list[tuple[int, Judged]]]:
    """Columns of equally many cells, with their places: those of a table's every row."""
    groups: dict[int, list[tuple[int, Judged]]] = defaultdict(list)
    for place, item in enumerate(judged):
        if len(item.column.values) >= FEW:
            groups[len(item.column.values)].append((place, item))
    return (group for group in groups.values() if len(group) > 1)


def _cells(item: Judged) -> tuple[str, ...]:
    return item.column.values[:ROWS]


def _says(entity: str, share: float, strength: float, code: str, beside: Judged) -> Evidence:
    params: dict[str, str | float] = {"share": round(share, 3), "column": beside.column.name}
    return Evidence(entity, Tally(share, share), strength, Reason(code, params))


def _is(item: Judged, *entities: str) -> bool:
    return item.verdict is not None and item.verdict.entity in entities


def _is_open(item: Judged) -> bool:
    return item.verdict is not None and not item.verdict.entity and item.open_for != "text"


# ---------------------------------------------------------------- names in addresses and logins


def _spelled(group: list[tuple[int, Judged]]) -> Iterator[tuple[int, Evidence]]:
    """Words that the e-mail address of their row spells are its owner's name; a login that spells the name is one."""
    names = [(place, item) for place, item in group if _is(item, "PERSON")]
    mails = [item for _, item in group if _is(item, "EMAIL_ADDRESS")]
    for place, item in group:
        if not _is_open(item) or item.shape.is_settled or item.shape.distinct < FEW:
            continue
        for mail in mails[:1]:
            if (share := _share(item, mail)) >= SPELLED:
                yield place, _says("PERSON", share, 0.85, "beside.mail", mail)
        if item.shape.words < 1.1 and item.shape.uniqueness >= SPELLED:
            for _, name in names[:2]:
                if (share := _share(name, item)) >= SPELLED:
                    yield place, _says("USERNAME", share, 0.8, "beside.name", name)


def _share(names: Judged, spelling: Judged) -> float:
    """The share of rows in which a word of the name stands in the other cell."""
    pairs = list(zip(_cells(names), _cells(spelling), strict=True))
    return sum(_spells(name, other) for name, other in pairs) / len(pairs)


def _spells(name: str, other: str) -> bool:
    local = _plain(other.partition("@")[0])
    return any(len(word) >= SHORTEST and word in local for word in TOKEN.findall(_plain(name)))


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.lower().translate(_FOLD))
    return "".join(char for char in folded if not unicodedata.combining(char))


# ---------------------------------------------------------------- ages and birth dates


def _counted(group: list[tuple[int, Judged]]) -> Iterator[tuple[int, Evidence]]:
    """An age and the year of birth make the same year in every row, or nearly."""
    years = [(place, item, _years(item)) for place, item in group if _might_be_year(item.shape)]
    ages = [(place, item, _ages(item)) for place, item in group if _might_be_age(item.shape)]
    for year_place, born, at in years:
        for age_place, aged, old in ages:
            if at and old and (share := _sums(at, old)) >= COUNTED:
                yield year_place, _says("DATE_OF_BIRTH", share, 0.85, "beside.age", aged)
                yield age_place, _says("AGE", share, 0.85, "beside.birth", born)


def _might_be_year(shape: Shape) -> bool:
    return shape.date >= COUNTED or (shape.integer >= COUNTED and shape.longest == len("1999"))


def _might_be_age(shape: Shape) -> bool:
    return shape.integer >= COUNTED and shape.longest <= len("100") and shape.distinct > SEXES


def _years(item: Judged) -> list[int]:
    found = [year_in(value) for value in _cells(item)]
    return [int(year) for year in found] if all(found) else []


def _ages(item: Judged) -> list[int]:
    cells = _cells(item)
    return [int(value) for value in cells] if all(value.isdigit() for value in cells) else []


def _sums(years: list[int], ages: list[int]) -> float:
    """The share of rows whose sums are the commonest two years in a row."""
    sums = Counter(year + age for year, age in zip(years, ages, strict=True))
    if len(set(ages)) <= SEXES or len(set(years)) <= SEXES:
        return 0.0
    return max(sums[year] + sums[year + 1] for year in sums) / sums.total()


# ---------------------------------------------------------------- codes of sexes


def _sexes(group: list[tuple[int, Judged]]) -> Iterator[tuple[int, Evidence]]:
    """Two codes that part the given names, or the forms of address, as sexes do."""
    named = next((item for _, item in group if _is(item, "PERSON") and item.shape.uniqueness < 1.01), None)
    titled = next((item for _, item in group if _is(item, "TITLE")), None)
    for place, item in group:
        if not _is_open(item) or item.shape.distinct != SEXES or item.shape.longest > SHORTEST:
            continue
        if titled is not None and _goes_with(item, titled):
            yield place, _says("GENDER", 1.0, 0.8, "beside.title", titled)
        elif named is not None and _parts(_given(named), _cells(item)):
            yield place, _says("GENDER", 1.0, 0.7, "beside.given", named)


def _goes_with(codes: Judged, titles: Judged) -> bool:
    """Whether each title stands beside one code only, and each code beside some title."""
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for code, title in zip(_cells(codes), _cells(titles), strict=True):
        beside[title][code] += 1
    agreeing = sum(counts.most_common(1)[0][1] for counts in beside.values())
    codes_of = {counts.most_common(1)[0][0] for counts in beside.values()}
    return len(codes_of) == SEXES and agreeing >= COUNTED * len(_cells(codes))


def _given(named: Judged) -> list[str]:
    """The first word of each name; after a comma where the family's stands first."""
    names = (value.partition(",")[2].strip() or value for value in _cells(named))
    return [_plain(name.split()[0]) if name.split() else "" for name in names]


def _parts(names: Sequence[str], codes: Sequence[str]) -> bool:
    """Whether names of one code end in a vowel of women far more often than those of the other."""
    ends: dict[str, list[bool]] = defaultdict(list)
    for name, code in zip(names, codes, strict=True):
        ends[code].append(name.endswith(FEMININE))
    shares = [sum(said) / len(said) for said in ends.values()]
    enough = min(map(len, ends.values())) >= FEW // 2
    return len(shares) == SEXES and enough and abs(shares[0] - shares[1]) >= APART
