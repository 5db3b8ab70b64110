"""What values may be where the table is about people: ages, birth dates, postcodes, states, keys.

Alone they prove nothing: 34 is an age beside a name and a quantity beside a price. `about` says which table it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from core.types import Reason
from datamap.scanner import gazetteer, validators
from datamap.scanner.evidence import Evidence, Tally, few, is_person, tally
from datamap.scanner.keys import keys, owner_of
from datamap.scanner.shape import Shape
from datamap.scanner.where import is_diallable, is_local_phone, is_postcode

SHORT_YEAR: Final = re.compile(r"\d{1,2}[/.\-](?:\d{1,2}|[A-Za-z]{3})[/.\-](\d{2})(?:$| )")
YEAR: Final = re.compile(r"(?<!\d)(?:18|19|20)\d{2}(?!\d)|(?<!\d)(?:19|20)\d{2}(?=[01]\d[0-3]\d(?!\d))")
FORMS: Final = {
    "US_SSN": re.compile(r"\d{3}-\d{2}-\d{4}"),
    "BR_CPF": re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}"),
    "ES_NIF": re.compile(r"\d{8}-?[A-Z]|[XYZ]\d{7}-?[A-Z]"),
    "CL_RUT": re.compile(r"\d{1,2}\.\d{3}\.\d{3}-[\dkK]"),
    "FR_NIR": re.compile(r"[12] ?\d{2} ?\d{2} ?\d{2} ?\d{3} ?\d{3} ?\d{2}"),
}
BAND: Final = re.compile(
    r"(?i)[\[(]?(\d{1,3})\s?(?:-|–|to|a|à|bis|,|\.\.)\s?(\d{1,3})[\])]?(?: (?:years|yrs|ans|jahre|años|anni))?"
    r"|[<>≤≥]=?\s?\d{1,3}|\d{2,3}\s?\+"
    r"|(?:under|over|less than|more than|greater than|unter|über|moins de|plus de|menos de|más de) \d{1,3}"
    r"|\d{2} (?:and|or|et|und) (?:over|older|above|plus|mehr)"
)
#: Postcodes whose form few other codes share: Britain, Canada, the Netherlands, Poland, Portugal, Brazil, Japan, US+4.
POSTCODE: Final = re.compile(
    r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z][ -]?\d[A-Z]\d|[1-9]\d{3} ?[A-Z]{2}|\d{2}-\d{3}|\d{4}-\d{3}"
    r"|\d{5}-\d{3,4}|〒\d{3}-\d{4}|\d{3} \d{2}"
    r"|(?:[ABDFILSH]|CH|FL|LT|LV|MD|NO|DK|SE|FI|CZ|SK|SI|HR|RO|BG|LU)-(?:\d{4,5}|\d{3} \d{2})"
)
DIGITS_POSTCODE: Final = re.compile(r"\d{4,6}")
#: 12 Elm Rise, Flat 3; Lisehof 490; Zelenjak 2c/7; 12 bis cours Mirabeau.
HOUSE: Final = re.compile(
    r"(?:\w{1,4}\. ?)?\d{1,5}[a-z]?(?:[/\-]\d{1,4})?,? (?:bis |ter )?[^\W\d_][^\d]{3,60}"
    r"(?:[ ,]+\w{0,9}\.? ?\d{1,5}\w?)?"
    r"|[^\W\d_][^\d]{3,60}[, ]\d{1,5} ?[a-zA-Z]?(?:[/\-]\d{1,4}\w?)?\.?(?:[ ,]+\w{0,12}\.? ?\d{1,5}\w?)?\.?"
)
LOGIN: Final = re.compile(r"(?i)@?[a-z][a-z0-9]*(?:[._\-]?[a-z0-9]+)*")
#: Pairs of letters that stand for the sexes, in the languages of the lexicon.
SEXES: Final = tuple(
    frozenset(pair) for pair in ("mf", "mw", "mv", "hf", "hm", "km", "жм", "ek", "fh", "男女", "вм", "nm", "mn", "bg")
)
UNSAID: Final = frozenset("uxdon?-")
MARITAL: Final = frozenset("smdwcvul")
#: Bare digits this short are as often anything else.
SHORTEST_PHONE: Final = 8
#: Two digits up to this are of this century.
THIS_CENTURY: Final = "25"
BORN: Final = (1750, 2018)
#: Half of the birth dates of grown people are before this year; those of children, at the latest.
LAST_GROWN: Final = 2012
LATEST: Final = 2024
#: What nineteen of twenty people are younger than.
OLD: Final = 90
#: What the pay of most is between, in a year or a month and in any large currency.
PAY: Final = (4_000, 400_000)
DIFFERENT_PAY: Final = 12
#: Larger sums that are not round are seldom pay.
UNROUNDED: Final = 150_000
MONEY: Final = re.compile(r"[$€£¥ ',]|(?:USD|EUR|GBP|CHF)")


def suspects(shape: Shape, countries: Sequence[str] = ()) -> list[Evidence]:
    """All that the values might be among columns about people of these countries, strongest first."""
    found = [evidence for detect in DETECTORS for evidence in detect(shape)]
    found += [*postcodes(shape, countries), *phones(shape, countries)]
    return sorted(found, key=lambda evidence: evidence.strength, reverse=True)


def _maybe(entity: str, strength: float, code: str, share: float = 1.0, /, **params: str | float) -> Evidence:
    return Evidence(entity, Tally(share, share), strength, Reason(code, {**params, "share": round(share, 3)}))


def numbers(shape: Shape) -> list[float]:
    """The cells that are plain numbers, as often as they stand."""
    found: list[float] = []
    for value, weight in zip(shape.probe, shape.weights, strict=True):
        try:
            found.extend([float(MONEY.sub("", value))] * weight)
        except ValueError:
            continue
    return sorted(found)


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ages(shape: Shape) -> Iterator[Evidence]:
    """Whole years, spread as the ages of a population are: few of the very young, hardly any over 95."""
    if shape.numeric < 0.85 or shape.distinct < min(20, max(6, shape.cells / 5)) or shape.boolean:
        return
    found = numbers(shape)
    if len(found) < 8:
        return
    whole = sum(value == int(value) or value < 2 for value in found) / len(found)
    if whole < 0.9 or _at(found, 0.01) < 0 or _at(found, 0.98) > 110:
        return
    low, middle, high = _at(found, 0.05), _at(found, 0.5), _at(found, 0.95)
    if not 14 <= middle <= 82 or high > OLD or high - low < 6:
        return
    if shape.uniqueness > 0.97 and shape.cells > 40:
        return
    children = sum(value < 12 for value in found) / len(found)
    grown = low >= 14 and high <= 85 and found[-1] <= 105
    if grown or (children < 0.15 and found[-1] >= 50 and 20 <= middle <= 60):
        yield _maybe("AGE", 0.7 if grown else 0.55, "weak.age", low=int(found[0]), high=int(found[-1]))


def age_bands(shape: Shape) -> Iterator[Evidence]:
    """18-24, 25-34, 65+."""
    if not 2 <= shape.distinct <= 25 or shape.with_digits < 0.8 or shape.integer > 0.4:
        return
    seen = tally(shape, lambda value: BAND.fullmatch(value) is not None and _below(value, 121))
    ranges = tally(shape, lambda value: (match := BAND.fullmatch(value)) is not None and match.group(2) is not None)
    if seen.share >= 0.7 and ranges.share >= 0.3 and shape.distinct > 2:
        yield _maybe("AGE", 0.75, "weak.age_band", seen.share)
    elif seen.share == 1 and shape.distinct >= 2:
        yield _maybe("AGE", 0.5, "weak.age_band", seen.share)


def _below(value: str, limit: int) -> bool:
    return all(int(number) < limit for number in re.findall(r"\d+", value))


def births(shape: Shape) -> Iterator[Evidence]:
    """Dates, or bare years, spread over decades and ending in the past."""
    years = [int(year) for value in _repeated(shape) if (year := year_in(value))]
    if len(years) < 0.7 * shape.cells_probed or len(years) < 5:
        return
    years.sort()
    low, middle, high = years[len(years) // 10], years[len(years) // 2], years[9 * len(years) // 10]
    spread = high - low
    if shape.date >= 0.7 and spread >= 6 and low >= BORN[0] and high <= LATEST and middle > LAST_GROWN:
        yield _maybe("DATE_OF_BIRTH", 0.5, "weak.birth", low=low, high=high)  # of children, beside later dates
    if not (low >= BORN[0] and 1780 <= middle <= LAST_GROWN and high <= BORN[1]):
        return
    if shape.date >= 0.7 and (spread >= 14 or (spread >= 4 and middle <= 2005)):
        yield _maybe("DATE_OF_BIRTH", 0.8 if spread >= 20 else 0.6, "weak.birth", low=low, high=high)
    elif shape.date < 0.1 and shape.integer >= 0.9 and spread >= 18 and middle <= 2000:
        yield _maybe("DATE_OF_BIRTH", 0.55, "weak.birth_year", low=low, high=high)


def middle_year(shape: Shape) -> float:
    """The year in the middle of a column of dates; 0.0 where they name no year."""
    years = sorted(int(year) for value in _repeated(shape) if (year := year_in(value)))
    return float(years[len(years) // 2]) if years else 0.0


def _repeated(shape: Shape) -> Iterator[str]:
    for value, weight in zip(shape.probe, shape.weights, strict=True):
        yield from [value] * weight


def year_in(value: str) -> str:
    if match := YEAR.search(value):
        return match.group()
    if short := SHORT_YEAR.match(value):
        return f"{'20' if short.group(1) <= THIS_CENTURY else '19'}{short.group(1)}"
    return ""


def pay(shape: Shape) -> Iterator[Evidence]:
    """Sums as people earn them: whole, mostly round, the highest a few times the lowest."""
    if shape.distinct < DIFFERENT_PAY or shape.with_digits < 0.95 or shape.letters > 0.3 or shape.date >= 0.5:
        return
    found = numbers(shape)
    if len(found) < 0.95 * shape.cells_probed or not PAY[0] <= _at(found, 0.5) <= PAY[1]:
        return
    low, high = _at(found, 0.05), _at(found, 0.95)
    if low < 500 or not 1.3 <= high / low <= 40 or any(value != int(value) for value in found[:20]):
        return
    even = sum(value % 100 == 0 for value in found) / len(found)
    if even >= 0.7 or _at(found, 0.5) <= UNROUNDED:
        yield _maybe("INCOME", 0.65 if even >= 0.7 else 0.45, "weak.pay", low=int(found[0]), high=int(found[-1]))


def sexes(shape: Shape) -> Iterator[Evidence]:
    """One letter for each sex, and perhaps one for neither."""
    if not 2 <= shape.distinct <= 4 or shape.longest > 2:
        return
    letters = frozenset(value.casefold().strip(".") for value in shape.probe)
    if any(pair <= letters and letters - pair <= UNSAID for pair in SEXES):
        yield _maybe("GENDER", 0.8, "value.list", list="GENDER")


def marital(shape: Shape) -> Iterator[Evidence]:
    """S, M, D, W."""
    if 3 <= shape.distinct <= 7 and shape.longest == 1:
        letters = frozenset(value.casefold() for value in shape.probe)
        if letters <= MARITAL and {"m", "d"} <= letters:
            yield _maybe("MARITAL_STATUS", 0.6, "value.list", list="MARITAL_STATUS")


def postcodes(shape: Shape, countries: Sequence[str] = ()) -> Iterator[Evidence]:
    """A national form, or digits of one length; where they stand decides about the latter."""
    if shape.with_digits < 0.9 or not 4 <= shape.length <= 10 or shape.distinct < 5 or shape.date >= 0.5:
        return
    written = tally(shape, lambda value: POSTCODE.fullmatch(value.upper()) is not None)
    local = max((tally(shape, partial(is_postcode, country=code)).share for code in countries), default=0.0)
    if written.share >= 0.8 or (local >= 0.95 and shape.integer < 0.5):
        yield _maybe("POSTCODE", 0.75, "weak.postcode", max(written.share, local))
        return
    digits = tally(shape, lambda value: DIGITS_POSTCODE.fullmatch(value) is not None)
    if max(digits.share + written.share, local) < 0.85 or all(YEAR.fullmatch(value) for value in shape.probe):
        return
    lengths = {len(value) for value in shape.probe if value.isdigit()}
    if min(lengths, default=4) < 4:
        return
    leading = any(value.startswith("0") for value in shape.probe)
    yield _maybe("POSTCODE", _postcode_strength(lengths, leading, local), "weak.postcode", max(digits.share, local))


def _postcode_strength(lengths: set[int], leading: bool, local: float) -> float:  # noqa: FBT001 - what was seen
    """Of the table's own country, of one length with zeros in front as no number is written, or only of a length."""
    if local >= 0.95 and len(lengths) == 1:
        return 0.65
    if leading:
        return 0.6
    return 0.5 if lengths <= {5} else 0.4


def states(shape: Shape) -> Iterator[Evidence]:
    """Two or three letters of states or countries."""
    if not 2 <= shape.length <= 4 or shape.distinct < 2 or shape.letters < 0.9:
        return
    seen = tally(shape, lambda value: gazetteer.is_region_code(value) or (len(value) > 3 and gazetteer.is_place(value)))
    if seen.share >= 0.85 and (shape.distinct >= 4 or seen.share == 1):
        yield _maybe("LOCATION", 0.6 if shape.distinct >= 4 else 0.4, "weak.region", seen.share)


def origins(shape: Shape) -> Iterator[Evidence]:
    """White and black and little else: colours among things, origins among people."""
    said = {gazetteer.folded(value) for value in shape.probe} - gazetteer.FILLERS
    if {"white", "black"} <= said and len(said) <= 8 and all(map(gazetteer.vocabularies()["ETHNICITY"].holds, said)):
        yield _maybe("ETHNICITY", 0.7, "value.list", list="ETHNICITY")


def streets(shape: Shape) -> Iterator[Evidence]:
    """Names of streets without their numbers, or in a form of their own."""
    if shape.words < 1.6 or shape.words > 8 or shape.is_settled or shape.distinct < 5:
        return
    seen = tally(shape, gazetteer.names_street)
    if seen.share >= 0.5:
        yield _maybe("STREET_ADDRESS", 0.3 + 0.4 * seen.share, "value.streets", seen.share)


def houses(shape: Shape) -> Iterator[Evidence]:
    """Words and a number, another in nearly every row: beside a town or a postcode, a street and its house."""
    if shape.is_settled or shape.with_digits < 0.8 or shape.uniqueness < 0.8 or shape.distinct < 8 or shape.words > 9:
        return
    seen = tally(shape, lambda value: HOUSE.fullmatch(value) is not None)
    if seen.share >= 0.8:
        yield _maybe("STREET_ADDRESS", 0.5, "weak.house", seen.share)


def _is_of(form: re.Pattern[str], value: str) -> bool:
    return form.fullmatch(value) is not None


def numbered(shape: Shape) -> Iterator[Evidence]:
    """The form of a national number without its check: made-up people have made-up numbers."""
    if shape.with_digits < 0.9 or not 9 <= shape.length <= 15 or shape.distinct < 3:
        return
    for entity, form in FORMS.items():
        seen = tally(shape, partial(_is_of, form))
        if seen.share >= 0.8:
            yield _maybe(entity, 0.7, "value.form", seen.share, entity=entity)


def towns(shape: Shape) -> Iterator[Evidence]:
    """Words some of which are places we know: villages beside towns."""
    if shape.alphabetic < 0.8 or shape.words > 4 or shape.distinct < 4 or shape.is_text:
        return
    seen = tally(
        shape,
        lambda value: gazetteer.is_place(value) or gazetteer.is_country(value) or gazetteer.ends_like_place(value),
    )
    if seen.share >= 0.5 or (seen.share >= 0.2 and shape.distinct >= 10):
        yield _maybe("LOCATION", 0.35 + 0.4 * seen.share, "value.places", seen.share)


def people(shape: Shape) -> Iterator[Evidence]:
    """Words some of which are names we know."""
    if shape.alphabetic < 0.8 or shape.words > 4.5 or shape.distinct < 5 or shape.is_text:
        return
    seen = tally(shape, is_person)
    if seen.share >= 0.35:
        yield _maybe("PERSON", 0.3 + 0.45 * seen.share, "value.names", seen.share)


def phones(shape: Shape, countries: Sequence[str] = ()) -> Iterator[Evidence]:
    """Digits that are valid telephone numbers of a large country, or could be dialled in the table's own."""
    if shape.with_digits < 0.9 or not 6 <= shape.length <= 20 or shape.letters > 0.2 or shape.date >= 0.5:
        return
    if shape.distinct < 5 or (shape.integer >= 0.9 and shape.length < SHORTEST_PHONE) or owner_of(shape.probe):
        return
    form = tally(shape, lambda value: validators.phone_shape(value) and (value.isdigit() or value.count(".") != 1))
    if form.share < 0.6:
        return
    local = _of(shape, lambda value: any(is_local_phone(value, country) for country in countries))
    if local >= 0.6:
        yield _maybe("PHONE_NUMBER", 0.5 + 0.3 * local, "value.phone", local, valid=round(local, 3))
        return
    valid = _of(shape, lambda value: validators.is_national_phone(value) or validators.is_phone(value))
    if valid >= 0.6 and shape.length >= SHORTEST_PHONE and not (countries and shape.integer >= 0.9):
        yield _maybe("PHONE_NUMBER", 0.3 + 0.3 * valid, "value.phone", valid, valid=round(valid, 3))
    else:
        yield from _diallable(shape, countries, max(valid, local))


def _of(shape: Shape, test: Callable[[str], bool]) -> float:
    """The share of some of the values that pass a test that costs much."""
    values = few(shape.probe)
    return sum(map(test, values)) / max(1, len(values))


def _diallable(shape: Shape, countries: Sequence[str], valid: float) -> Iterator[Evidence]:
    """Begun as telephone numbers are and as long as the country's; made-up ones were never given out."""
    written = tally(shape, lambda value: validators.phone_shape(value) and value.startswith(("+", "0", "(")))
    if written.share < 0.6 or shape.numeric >= 0.3:
        return
    seen = _of(shape, lambda value: any(is_diallable(value, country) for country in countries))
    if seen >= 0.8:
        yield _maybe("PHONE_NUMBER", 0.6, "value.phone", seen, valid=round(valid, 3))


def surnames(shape: Shape) -> Iterator[Evidence]:
    """One capitalised word, nearly another one in every row: beside first names it is the family's."""
    if (
        shape.alphabetic < 0.95
        or shape.words > 1.4
        or shape.uniqueness < 0.7
        or shape.distinct < 5
        or shape.length > 14
    ):
        return
    seen = tally(shape, lambda value: value[:1].isupper())
    if seen.share >= 0.95:
        yield _maybe("PERSON", 0.3, "weak.surname", seen.share)


def logins(shape: Shape) -> Iterator[Evidence]:
    """One small word without a space, different in every row, made of a name."""
    if (
        shape.words > 1.05
        or shape.uniqueness < 0.8
        or not 4 <= shape.length <= 24
        or shape.letters < 0.5
        or shape.is_settled
    ):
        return
    formed = tally(shape, lambda value: LOGIN.fullmatch(value) is not None)
    if formed.share < 0.85 or shape.distinct < 6:
        return
    named = tally(shape, gazetteer.starts_with_name)
    if named.share >= 0.4:
        yield _maybe("USERNAME", 0.4 + 0.4 * named.share, "weak.login", named.share)


DETECTORS: Final[tuple[Callable[[Shape], Iterator[Evidence]], ...]] = (
    ages,
    age_bands,
    births,
    pay,
    sexes,
    marital,
    states,
    origins,
    streets,
    houses,
    numbered,
    towns,
    people,
    surnames,
    logins,
    keys,
)
