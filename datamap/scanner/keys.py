"""What a code stands for: a person, or an order, a product, a machine. Its letters and its order in the file tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from core.types import Reason
from datamap.scanner.evidence import Evidence, Tally, tally
from datamap.scanner.shape import NOTHING, Shape

LETTER: Final = re.compile(r"[^\W\d_]")
CODE: Final = re.compile(r"[A-Za-z]{0,12}[\-_/ ]?\d[\w\-]{0,38}|[0-9a-fA-F\-]{16,40}|[A-Z0-9]{4,12}")
PREFIX: Final = re.compile(r"([A-Za-z]{1,12})[\-_/ #]?(?=\d)")
#: A year in front numbers what happens in it: 2024-00317.
DATED: Final = re.compile(r"(?:19|20)\d{2}[\-_/.]\d{2,}")
NUMBER: Final = re.compile(r"\d+")
_PERSONS: Final = (
    "c cl cli client clt cu cus cust customer k kd kdn kl kln knd kunde cte utente e em emp empl employee st stf staff"
    " ma mit mitarbeiter pers per person p pa pac pat patient paz pt s std stu stud student eleve alu alumno m mb mbr"
    " mem member socio u us usr user uid acc acct sub subj subscriber resp don donor vol drv driver"
)
_THINGS: Final = (
    "ord order orden oid o po so wo rma bst best auf cmd com ped ordine zam in inv invoice rg rech re fac fact fv fatt"
    " bill rcpt tx txn trx tr trans pay pmt ship shp awb trk pkg tkt tick ticket case inc incident req task bug issue"
    " sku prd prod product pr art item itm lot batch charge sn ser serial dev device sensor node srv host vm veh car"
    " truck asset room desk store shop str wh whs loc site dep dept proj project prj camp cmp doc file img ref quote"
    " quo cnt contract bk book isbn flt flight evt event ses sess session msg log run exp sample smp test cat plan q"
)
#: What keys of persons, and of everything else, begin with in the languages of the lexicon.
OF_PERSONS: Final = frozenset(_PERSONS.split())
OF_THINGS: Final = frozenset(_THINGS.split())
FEW: Final = 5
LONGEST: Final = 40
#: Numbers whose steps are of so few sizes were given out one after the other.
STEPS: Final = 3


def keys(shape: Shape) -> Iterator[Evidence]:
    """A code of its own in every row; or one of several rows, which only a header can prove."""
    if shape.cells < FEW or shape.words > 1.1 or shape.date >= 0.5 or shape.longest > LONGEST:
        return
    if shape.uniqueness < 0.995:
        if shape.integer >= 0.99 and shape.distinct >= 10:
            yield _key(0.35, "weak.id")
        return
    owner = owner_of(shape.probe)
    if owner == "things":
        return
    if owner == "people":
        yield _key(0.75, "weak.code")
    elif shape.integer >= 0.99 or shape.uuid >= 0.99 or shape.digest >= 0.99:
        yield _key(0.6, "weak.key")
    elif _are_codes(shape):
        yield _key(0.5, "weak.code" if shape.numeric < 0.1 and _mixed(shape) else "weak.key")


def _are_codes(shape: Shape) -> bool:
    return shape.numeric < 0.5 and tally(shape, lambda value: CODE.fullmatch(value) is not None).share >= 0.95


def _mixed(shape: Shape) -> bool:
    return shape.with_digits >= 0.95 and LETTER.search(shape.probe[0]) is not None


def _key(strength: float, code: str) -> Evidence:
    return Evidence("PERSON_ID", Tally(1.0, 1.0), strength, Reason(code, {"share": 1.0}))


def owner_of(values: Sequence[str]) -> str:
    """What the letters in front of most codes, or a year, say they are of: "people", "things" or ""."""
    dated = sum(DATED.match(value) is not None for value in values)
    if dated >= 0.9 * len(values):
        return "things"
    found = Counter(match.group(1).lower() for value in values if (match := PREFIX.match(value)))
    prefix, count = found.most_common(1)[0] if found else ("", 0)
    if count < 0.9 * len(values):
        return ""
    return "people" if prefix in OF_PERSONS else "things" if prefix in OF_THINGS else ""


def rises(values: Sequence[str]) -> bool:
    """Numbers given out one after the other, row by row, in steps of a few sizes; not a mere count of the rows."""
    said = [value for value in values if value not in NOTHING]
    numbers = [int(match.group()) for value in said if (match := NUMBER.search(value))]
    if len(numbers) < max(FEW, len(said)) or numbers[0] in {0, 1}:
        return False
    steps = Counter(after - before for before, after in pairwise(numbers))
    return min(steps) > 0 and sum(count for _, count in steps.most_common(STEPS)) >= 0.8 * steps.total()
