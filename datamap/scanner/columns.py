"""The decision about one column: the header proposes, the values decide, what stays open goes to the language model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from core.types import Category, Identifying, Reason
from datamap.scanner import validators
from datamap.scanner.evidence import Evidence, gather, is_person, share_of
from datamap.scanner.intervals import wilson
from datamap.scanner.kinds import kind_of
from datamap.scanner.lexicon import OPAQUE, Proposal, names_thing, propose, says_person, tokens
from datamap.scanner.masking import mask
from datamap.scanner.prose import is_prose
from datamap.scanner.rare import CODE as RARE
from datamap.scanner.rare import Rare, rare
from datamap.scanner.shape import YEAR, Shape, shape_of
from datamap.scanner.types import Column, Finding
from datamap.scanner.verdict import Judged as Judged
from datamap.scanner.verdict import Verdict as Verdict

#: Values alone decide from here on.
CERTAIN: Final = 0.6
#: A header alone is worth keeping from here on.
PROPOSED: Final = 0.3
#: A proposal of a person's name that needs no support by the values.
SURE_OF_PERSON: Final = 0.7
VERSIONS: Final = frozenset({"version", "versions", "ver", "release", "build", "firmware", "revision", "rev"})
#: So few labels in so many cells each are no names of people unless the header says so.
LABELS: Final = 20
REPEATED: Final = 0.1
SHORT_NUMBER: Final = 2
#: The share of values that are known names from which on the language model may know the others.
SOME_NAMES: Final = 0.12
#: A column called white is about an origin where it says yes or no.
COLOURS: Final = frozenset({"black", "white", "asian", "minority", "immigrant", "migrant", "citizen"})
#: Digits of the key of an account; followers and posts are counted in fewer.
SHORTEST_ACCOUNT: Final = 7
#: The share of values that are keys where the column is one.
KEYS: Final = 0.9
EXAMPLES: Final = 3
#: What Presidio's one word for groups of people means, by category.
OF_GROUPS: Final = {
    Category.ETHNICITY: "ETHNICITY",
    Category.RELIGION: "RELIGION",
    Category.POLITICS: "POLITICS",
    Category.IDENTITY: "NATIONALITY",
}


def judge(column: Column, *, header: bool, table: str = "") -> Judged:
    """Decide a column from its header and its values, or say which model it needs."""
    shape = shape_of(column.values)
    proposal = propose(column.name, table=table) if header else propose("")
    if not shape.cells:
        return Judged(column, shape, _empty(proposal), proposal=proposal)
    if is_prose(proposal, shape, column.name if header else ""):
        return Judged(column, shape, _of_header(proposal, shape), "text", proposal)
    evidence = [item for item in gather(shape) if not (header and _is_denied(item, column.name, shape))]
    verdict = _decide(proposal, evidence, shape, column)
    denied = any(reason.code == "lexicon.negative" for reason in proposal.reasons)
    worth = verdict is None and not denied and _might_be_names(shape)
    open_for = "names" if worth and _some_names(proposal, shape) else ""
    verdict = verdict or (None if open_for else nothing(shape, proposal, evidence))
    return Judged(column, shape, verdict, open_for, proposal, tuple(evidence))


def _is_denied(item: Evidence, header: str, shape: Shape) -> bool:
    """Four small numbers under "version" are no address, and the names of brands and colours nobody's."""
    words = set(tokens(header))
    if item.entity == "IP_ADDRESS":
        return bool(words & VERSIONS)
    labels = shape.distinct <= LABELS and shape.uniqueness < REPEATED and OPAQUE.fullmatch(header) is None
    return item.entity == "PERSON" and not says_person(header) and (labels or names_thing(header))


def _decide(proposal: Proposal, evidence: list[Evidence], shape: Shape, column: Column) -> Verdict | None:
    seldom = _rarely(column, proposal)
    best = evidence[0] if evidence else None
    proposal = _keyed(proposal, shape, column.name)
    if proposal.entity == "NRP" and not shape.boolean and proposal.reasons[0].params.get("word") in COLOURS:
        return None
    if proposal.entity == "PERSON_ID" and _counts_people(shape, column.name):
        return None
    if (
        best
        and best.reason.params.get("list") == "NOT_PERSONAL"
        and best.strength >= CERTAIN
        and _wordy(proposal, shape)
    ):
        return None
    if proposal.entity and proposal.confidence >= PROPOSED:
        agreed = next((item for item in evidence if _same(item.entity, proposal.entity)), None)
        if agreed:
            return _agree(proposal, agreed)
        verdict = None if _overrules(best) or is_bare(proposal, column.name) else _of_header(proposal, shape)
        if verdict and not (seldom and verdict.confidence < seldom.confidence):
            return verdict
    if best and best.strength >= CERTAIN and (best.entity or seldom is None):
        return _by_value(best, proposal) if best.entity else _thing(best)
    return seldom


def is_bare(proposal: Proposal, header: str) -> bool:
    """A header that names a name and not whose: the values must look like people."""
    role = any(reason.code == "lexicon.role" for reason in proposal.reasons)
    return proposal.entity == "PERSON" and proposal.confidence < SURE_OF_PERSON and (role or not says_person(header))


def _wordy(proposal: Proposal, shape: Shape) -> bool:
    """A proposal that ordinary words contradict: closed and shipped are no states, e-mail and telephone no contacts."""
    return not shape.boolean and proposal.entity in {
        "PERSON",
        "LOCATION",
        "JOB",
        "EDUCATION",
        "TITLE",
        "EMPLOYER",
        "URL",
    }


def _keyed(proposal: Proposal, shape: Shape, header: str) -> Proposal:
    """A column called like a person that holds keys holds the keys of persons."""
    if proposal.entity != "PERSON" or not says_person(header) or max(shape.integer, shape.uuid, shape.digest) < KEYS:
        return proposal
    return replace(proposal, entity="PERSON_ID", category=Category.ONLINE_ID, confidence=min(proposal.confidence, 0.6))


def _counts_people(shape: Shape, header: str) -> bool:
    """`child_num` and `player no` with small numbers count people and name none."""
    small = shape.integer >= KEYS and shape.distinct <= CODES and shape.longest <= SHORT_NUMBER
    return small and shape.cells > CODES and tokens(header)[-1:] in (("num",), ("no",), ("nr",), ("number",), ("n",))


def _overrules(best: Evidence | None) -> bool:
    """Values so certain of their form that a header cannot say otherwise."""
    return best is not None and best.entity not in {"", "PERSON", "LOCATION"} and best.strength >= 0.85


def _same(found: str, proposed: str) -> bool:
    if found == proposed:
        return True
    groups = (
        {"LOCATION", "STREET_ADDRESS", "POSTCODE"},
        {"NRP", "ETHNICITY", "RELIGION", "POLITICS", "NATIONALITY"},
        {"PERSON", "TITLE"},
        {"FAMILY", "RELATIONSHIP", "MARITAL_STATUS"},
    )
    if any(found in group and proposed in group for group in groups):
        return True
    return proposed in {"NATIONAL_ID", "TAX_ID"} and kind_of(found).category is Category.GOVERNMENT_ID


def _agree(proposal: Proposal, item: Evidence) -> Verdict:
    """Header and values say the same: more certain than either."""
    support = max(item.strength, 0.5 * item.tally.share)
    confidence = 1 - (1 - min(proposal.confidence, 0.97)) * (1 - 0.85 * support)
    identifying = Identifying.DIRECT if item.entity == "STREET_ADDRESS" else proposal.identifying
    return Verdict(
        proposal.entity, identifying, proposal.category, confidence, item.tally.cells, (*proposal.reasons, item.reason)
    )


def _by_value(item: Evidence, proposal: Proposal) -> Verdict:
    kind = kind_of(item.entity)
    against = tuple(
        reason
        for reason in proposal.reasons
        if reason.code == "lexicon.negative" or (reason.code == "lexicon.table" and not proposal.entity)
    )
    confidence = item.strength * (0.85 if against and item.entity in {"PERSON", "LOCATION"} else 1)
    if against and item.entity in {"PERSON", "LOCATION"} and confidence < 0.8:
        return Verdict("", Identifying.NONE, Category.NONE, 0.7, 0.0, (*against, item.reason))
    return Verdict(item.entity, kind.identifying, kind.category, confidence, item.tally.cells, (item.reason,))


def _thing(item: Evidence) -> Verdict:
    return Verdict("", Identifying.NONE, Category.NONE, item.strength, 0.0, (item.reason,))


def _of_header(proposal: Proposal, shape: Shape) -> Verdict | None:
    """The header's proposal where the values do not contradict it, as sure as they fit."""
    if not proposal.entity or proposal.confidence < PROPOSED or proposal.entity == "FREE_TEXT":
        return None
    fit = FITS.get(proposal.entity, _any)(shape)
    if fit < 0.3:
        return None
    confidence = proposal.confidence * (0.7 + 0.3 * fit)
    share = fit if proposal.entity in MEASURED else 1.0
    reasons = (*proposal.reasons, Reason("value.fits", {"share": round(fit, 3)}))
    return Verdict(proposal.entity, proposal.identifying, proposal.category, confidence, share, reasons)


def _any(shape: Shape) -> float:
    return 0.0 if shape.boolean else 0.8


def _written(shape: Shape) -> float:
    """Words, not numbers, dates, links or switches."""
    return 0.0 if shape.boolean or shape.is_settled or shape.letters < 0.4 else 1 - 0.7 * shape.with_digits


def _person(shape: Shape) -> float:
    """Two or three words that come again and again and are no names are roles: customer, agent."""
    roles = shape.distinct <= FEW_ROLES and shape.cells > CONSTANT and share_of(shape, is_person) == 0
    return 0.0 if shape.words > 6 or roles else _written(shape)


def _age(shape: Shape) -> float:
    return 0.9 if shape.boolean else share_of(shape, _is_age)


def _is_age(value: str) -> bool:
    number = AGE.search(value)
    return number is not None and len(value) <= LONGEST_AGE and float(number.group().replace(",", ".")) <= OLDEST


def _birth(shape: Shape) -> float:
    years = share_of(shape, lambda value: YEAR.fullmatch(value.removesuffix(".0")) is not None)
    days = share_of(shape, lambda value: value.isdigit() and 1 <= int(value[:5]) <= DAYS)
    parts = 0.5 if shape.distinct <= CODES and not shape.boolean else 0.0  # quarters, months
    return max(shape.date, years, days, parts)


#: A number in an age or an age group; ages in days are told from years by their size.
AGE: Final = re.compile(r"\d{1,3}(?:[.,]\d+)?(?!\d)")
DEGREES: Final = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?")
LONGEST_PAIR: Final = 60
FEW_CODES: Final = 10
FEW_ROLES: Final = 3
MANY_CODES: Final = 600
#: The same in so many cells is nobody's key.
CONSTANT: Final = 10
#: More different numbers are no codes of groups.
CODES: Final = 25
LONGEST_AGE: Final = 30
OLDEST: Final = 120
DAYS: Final = 366


def _postcode(shape: Shape) -> float:
    return share_of(
        shape, lambda value: 2 <= len(value) <= 12 and not value.count(".") and any(map(str.isdigit, value))
    )


def _is_coordinate(value: str) -> bool:
    """Degrees, alone or in pairs."""
    parts = DEGREES.findall(value)
    return 1 <= len(parts) <= 2 and len(value) <= LONGEST_PAIR and all(abs(float(part)) <= 180 for part in parts)


def _few(shape: Shape) -> float:
    if shape.numeric > 0.5 and shape.distinct > FEW_CODES:
        return 0.0
    return 0.9 if shape.distinct <= max(40, 0.2 * shape.cells) and shape.length <= 40 and shape.date < 0.5 else 0.0


def _identifier(shape: Shape) -> float:
    if shape.distinct == 1 and shape.cells >= CONSTANT:
        return 0.0
    return 0.0 if shape.boolean or shape.date >= 0.5 or shape.words > 3 else 0.8


def _digits(shape: Shape) -> float:
    return 0.0 if shape.with_digits < 0.5 or shape.boolean or shape.date >= 0.9 else 0.8


def _share(test: Callable[[str], bool]) -> Callable[[Shape], float]:
    return lambda shape: max(share_of(shape, test), 0.6 if shape.digest >= 0.9 else 0.0)


#: How well values fit an entity that a header proposes: 0 contradicts, 1 fits as well as such values can.
FITS: Final[dict[str, Callable[[Shape], float]]] = {
    "PERSON": _person,
    "EMAIL_ADDRESS": _share(validators.is_email),
    "PHONE_NUMBER": _share(validators.phone_shape),
    "IP_ADDRESS": _share(validators.is_ip),
    "CREDIT_CARD": _share(
        lambda value: validators.looks_like_card(value) or (any(map(str.isdigit, value)) and "*" in value)
    ),
    "IBAN_CODE": _share(lambda value: len(value) >= 14 and value[:2].isalpha()),
    "US_SSN": _share(lambda value: sum(map(str.isdigit, value)) in {4, 9}),
    "LOCATION": lambda shape: max(_written(shape), 0.6 if 0.2 < shape.letters < 0.9 and not shape.is_settled else 0.0),
    "COORDINATES": lambda shape: max(share_of(shape, _is_coordinate), _written(shape)),
    "POSTCODE": _postcode,
    "AGE": _age,
    "DATE_OF_BIRTH": _birth,
    "GENDER": _few,
    "MARITAL_STATUS": _few,
    "USERNAME": lambda shape: 0.0 if shape.numeric >= KEYS and shape.length < SHORTEST_ACCOUNT else _identifier(shape),
    "PERSON_ID": _identifier,
    "NATIONAL_ID": _digits,
    "TAX_ID": _digits,
    "JOB": lambda shape: 0.0 if shape.date > 0.5 or (shape.numeric > 0.5 and shape.distinct > MANY_CODES) else 0.85,
    "EDUCATION": lambda shape: 0.0 if shape.date > 0.5 or (shape.numeric > 0.5 and shape.distinct > CODES) else 0.8,
    "NRP": lambda shape: 0.0 if shape.date > 0.5 or (shape.numeric > 0.5 and shape.distinct > CODES) else 0.85,
    "HEALTH": lambda shape: 0.85 if shape.date < 0.5 else 0.5,
    "TRADE_UNION": lambda shape: 0.85 if shape.date < 0.5 else 0.0,
    "SEX_LIFE": lambda shape: 0.85 if shape.date < 0.5 else 0.0,
    "CRIMINAL": lambda shape: 0.0 if shape.date > 0.5 or (shape.numeric > 0.5 and shape.distinct > CODES) else 0.85,
}


#: Entities whose fit is the share of values that have their form; for the others every filled cell counts.
MEASURED: Final = frozenset(
    {
        *("EMAIL_ADDRESS", "PHONE_NUMBER", "IP_ADDRESS", "CREDIT_CARD", "IBAN_CODE"),
        *("US_SSN", "POSTCODE", "AGE", "DATE_OF_BIRTH"),
    }
)


def _rarely(column: Column, proposal: Proposal) -> Verdict | None:
    """High-risk values in a few rows only: the commonest names the column."""
    found = rare(column)
    if not found:
        return None
    kind = kind_of(found[0].entity)
    against = tuple(reason for reason in proposal.reasons if reason.code == "lexicon.negative")
    confidence = 0.7 if not against else 0.6
    why = (*against, found[0].reason)
    return Verdict(found[0].entity, kind.identifying, kind.category, confidence, found[0].share, why)


def _might_be_names(shape: Shape) -> bool:
    """Words that begin with a capital, a few of them, many different: the language model may know them."""
    if (
        shape.is_settled
        or shape.boolean
        or shape.with_digits > 0.3
        or shape.words > 6
        or shape.distinct < 8
        or shape.letters < 0.6
    ):
        return False
    capital = share_of(shape, lambda value: value[:1].isupper() or ord(value[0]) > 0x2FF)
    return capital >= 0.6 and shape.length >= 3


def _some_names(proposal: Proposal, shape: Shape) -> bool:
    """The model costs milliseconds a value: it is asked where a header or a few known names give a reason."""
    return proposal.entity in {"PERSON", "LOCATION"} or share_of(shape, is_person) >= SOME_NAMES


def _empty(proposal: Proposal) -> Verdict:
    if proposal.entity and proposal.entity != "FREE_TEXT" and proposal.confidence >= PROPOSED:
        reasons = (*proposal.reasons, Reason("value.empty"))
        return Verdict(
            proposal.entity, proposal.identifying, proposal.category, proposal.confidence * 0.6, 0.0, reasons
        )
    return Verdict("", Identifying.NONE, Category.NONE, 0.9, 0.0, (Reason("value.empty"),))


def nothing(shape: Shape, proposal: Proposal, evidence: list[Evidence] | None = None) -> Verdict:
    """No identifier found, and what spoke against one."""
    reasons = [reason for reason in proposal.reasons if reason.code in {"lexicon.negative", "lexicon.type"}]
    if proposal.entity and proposal.confidence >= PROPOSED and not reasons:
        reasons.append(Reason("value.contradicts", {"entity": proposal.entity}))
    reasons += [
        item.reason for item in (evidence or []) if item.reason.code in {"value.phone_fails", "value.organisations"}
    ]
    if not reasons:
        reasons = [Reason("value.shape", {"kind": shape.kind})]
    return Verdict("", Identifying.NONE, Category.NONE, 0.6 if proposal.entity else 0.85, 0.0, tuple(reasons))


def finding(judged: Judged, verdict: Verdict, rows: int) -> Finding:
    """A verdict with the numbers and masked examples a person needs to judge it."""
    column, shape = judged.column, judged.shape
    share, low, high = _interval(judged, verdict, rows) if verdict.entity else (0.0, 0.0, 0.0)
    beside = _beside(column, verdict)
    kinds = [kind_of(find.entity) for find in beside]
    direct = any(kind.identifying is Identifying.DIRECT for kind in kinds)
    identifying = Identifying.DIRECT if direct else verdict.identifying
    return Finding(
        name=column.name,
        type=column.type or shape.kind,
        identifying=identifying,
        entity=OF_GROUPS.get(verdict.category, "NRP") if verdict.entity == "NRP" else verdict.entity,
        category=verdict.category,
        confidence=round(min(verdict.confidence, 1.0), 3),
        share=round(share, 4),
        low=round(low, 4),
        high=round(high, 4),
        distinct=shape.distinct,
        why=(*verdict.why, *(find.reason for find in beside)),
        examples=examples(_shown(column, verdict), identifying),
        categories=tuple(dict.fromkeys(kind.category for kind in kinds if kind.category is not verdict.category)),
    )


def _interval(judged: Judged, verdict: Verdict, rows: int) -> tuple[float, float, float]:
    """The share of rows with its interval. How many cells are filled is known; what they hold, of those looked at."""
    column, shape = judged.column, judged.shape
    filled = column.filled / rows if rows else 0.0
    whole = len(column.values) == column.filled and shape.cells_probed == shape.cells
    if whole or _is_rare(verdict):
        return (verdict.share * filled,) * 3
    share, low, high = wilson(verdict.share, shape.cells_probed or 1)
    return share * filled, low * filled, high * filled


def _is_rare(verdict: Verdict) -> bool:
    return any(reason.code == RARE for reason in verdict.why)


def _beside(column: Column, verdict: Verdict) -> list[Rare]:
    """What else the full pass confirmed, in a column that is something."""
    if not verdict.entity or _is_rare(verdict):
        return []
    return [find for find in rare(column) if not _same(find.entity, verdict.entity)]


def _shown(column: Column, verdict: Verdict) -> tuple[str, ...]:
    """The cells that examples are made of: the finds, where only the full pass saw them."""
    return column.hits[verdict.entity].values if _is_rare(verdict) else column.values


def examples(values: tuple[str, ...], identifying: Identifying) -> tuple[str, ...]:
    """The most frequent values, masked; equal masks are shown once."""
    common = [value for value, _ in Counter(values).most_common(12)]
    return tuple(dict.fromkeys(mask(value, identifying) for value in common))[:EXAMPLES]
