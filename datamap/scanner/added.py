"""What people taught the scanner, applied to columns: their recognisers, and the texts that name nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from core.types import Category, Identifying, Reason
from datamap.scanner.custom import Finder, Found, is_allowed, version
from datamap.scanner.evidence import FEW, Tally
from datamap.scanner.lexicon import tokens
from datamap.scanner.masking import mask
from datamap.scanner.options import Recogniser
from datamap.scanner.shape import Shape
from datamap.scanner.types import Column, Finding, Hit, Span
from datamap.scanner.verdict import Judged, Verdict

#: Half of the distinct values name the column, where they are not few of its cells; fewer are mentioned.
MOST_VALUES: Final = 0.5
ENOUGH_CELLS: Final = 0.25
SOME_CELLS: Final = 0.01
SOME: Final = 3
#: Values that are looked at first; a recogniser that finds nothing in them is not asked about the others.
FIRST: Final = 40
#: Below this a find is a guess that nothing supports, as in texts.
LEAST: Final = 0.35

Params = dict[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class _Match:
    """What one recogniser says of a column: the tally of values it finds itself in, and its best score there."""

    recogniser: Recogniser
    tally: Tally
    cells: int
    score: float
    context: str

    @property
    def most(self) -> bool:
        return self.tally.share >= MOST_VALUES and self.tally.cells >= ENOUGH_CELLS

    @property
    def confidence(self) -> float:
        """Many values of one form are surer than each alone."""
        return 1 - (1 - self.score) * (1 - 0.85 * self.tally.share)


def with_recognisers(judged: Judged, finder: Finder, *, header: bool) -> Judged:
    """The column as its team's recognisers name it, where they are surer than the scanner is by itself."""
    if not finder or judged.open_for == "text" or not judged.shape.cells:
        return judged
    words = tokens(judged.column.name) if header else ()
    found = max(_matches(judged.shape, finder, words), key=_merit, default=None)
    if found is None:
        return judged
    known = judged.verdict
    silent = known is None or not known.entity
    if silent or (found.most and known and found.confidence >= known.confidence):
        few = 0.8 if judged.shape.distinct < FEW and found.score < 1 else 1.0
        return replace(judged, verdict=_verdict(found, factor=few), open_for="")
    return judged


def is_taught(judged: Judged) -> bool:
    """People said what the column is, or that it names nobody: its neighbours do not change that."""
    why = judged.verdict.why if judged.verdict else ()
    return any(reason.code in {"value.custom", "value.allowed"} for reason in why)


def _merit(match: _Match) -> tuple[bool, float, float]:
    return match.most, match.confidence, match.tally.cells


def _matches(shape: Shape, finder: Finder, words: tuple[str, ...]) -> Iterator[_Match]:
    """The recognisers that find enough in the column's values to be mentioned."""
    for recogniser in finder.recognisers:
        alone = finder.only(recogniser)
        hits = _hits(shape.probe[:FIRST], alone, words)
        if not hits:
            continue
        hits |= _hits(shape.probe[FIRST:], alone, words)
        cells = sum(weight for value, weight in zip(shape.probe, shape.weights, strict=True) if value in hits)
        tally = Tally(len(hits) / len(shape.probe), cells / max(1, sum(shape.weights)))
        best = max(hits.values(), key=lambda find: find.score)
        if tally.cells >= ENOUGH_CELLS or (tally.cells >= SOME_CELLS and cells >= SOME):
            yield _Match(recogniser, tally, cells, best.score, best.word)


def _hits(values: Iterable[str], finder: Finder, words: tuple[str, ...]) -> dict[str, Found]:
    """The values a recogniser finds itself in, each with its surest find."""
    hits: dict[str, Found] = {}
    for value in values:
        finds = [find for find in finder.find(value, words) if find.score >= LEAST and _is_the_value(value, find)]
        if finds:
            hits[value] = max(finds, key=lambda find: find.score)
    return hits


def _is_the_value(value: str, find: Found) -> bool:
    """It is at least half of the value, or a word of its own in it."""
    if 2 * (find.end - find.start) >= len(value):
        return True
    return not (value[find.start - 1 : find.start].isalnum() or value[find.end : find.end + 1].isalnum())


# --- what only the full pass saw --------------------------------------------------------------------------------------


def with_rare(
    found: Finding, column: Column, finder: Finder, allow: frozenset[str], *, header: bool, rows: int
) -> Finding:
    """The finding with the recognisers that the full pass found in a few rows of the column, which no sample shows."""
    words = tokens(column.name) if header else ()
    told = {reason.params.get("version") for reason in found.why}
    for it in finder.recognisers if column.own else ():
        hit = column.own.get(version(it))
        if hit is None or version(it) in told:
            continue
        finds = _hits(hit.values, finder.only(it), words)
        shown = [text for value, find in finds.items() if not is_allowed(text := value[find.start : find.end], allow)]
        if shown:
            found = _rarely(found, it, round(len(shown) / len(hit.values) * hit.rows) or 1, shown, rows)
    return found


def _rarely(found: Finding, it: Recogniser, count: int, shown: list[str], rows: int) -> Finding:
    """One recogniser more: it names a column that nothing else names, and is mentioned in any other."""
    params: Params = {"recogniser": it.name, "version": version(it), "entity": it.entity, "rows": count}
    found = replace(found, why=(*found.why, Reason("value.custom_rare", params)))
    if found.is_text:
        entities = {it.entity: count, **found.entities}
        silent = found.identifying is Identifying.NONE
        return replace(found, entities=entities, identifying=it.identifying if silent else found.identifying)
    if found.entity:
        return found
    share = round(count / rows, 4) if rows else 0.0
    return replace(
        found, entity=it.entity, identifying=it.identifying, category=it.category, confidence=0.7,
        share=share, low=share, high=share, examples=tuple(mask(text, it.identifying) for text in shown[:1]),
    )  # fmt: skip


def _verdict(match: _Match, *, factor: float) -> Verdict:
    it = match.recogniser
    params: Params = {
        "recogniser": it.name,
        "version": version(it),
        "entity": it.entity,
        "share": round(match.tally.share, 3),
    }
    reasons = [Reason("value.custom" if match.most else "value.custom_some", params)]
    if match.context:
        reasons.append(Reason("value.custom_context", {"word": match.context}))
    confidence = (match.confidence if match.most else 0.7) * factor
    return Verdict(it.entity, it.identifying, it.category, confidence, match.tally.cells, tuple(reasons))


# --- texts that name nobody -------------------------------------------------------------------------------------------


def without_allowed(column: Column, allow: frozenset[str]) -> Column:
    """The column without the cells that name nobody, as many of the whole file's cells fewer as of the sample's."""
    if not allow or not column.values:
        return column
    kept = tuple(value for value in column.values if not is_allowed(value, allow))
    hits = {name: left for name, hit in column.hits.items() if (left := _left(hit, allow)) is not None}
    filled = round(column.filled * len(kept) / len(column.values))
    return replace(column, values=kept, filled=filled, hits=hits)


def _left(hit: Hit, allow: frozenset[str]) -> Hit | None:
    """What the full pass saw beside texts that name nobody, in as many rows as its values are of all seen."""
    values = tuple(value for value in hit.values if not is_allowed(value, allow))
    return Hit(round(hit.rows * len(values) / len(hit.values)), values) if values else None


def all_allowed(judged: Judged, cells: int) -> Judged:
    """A column in which nothing is left: every cell names nobody."""
    reason = Reason("value.allowed", {"values": cells})
    return replace(judged, verdict=Verdict("", Identifying.NONE, Category.NONE, 0.95, 0.0, (reason,)), open_for="")


def spans_allowed(spans: Mapping[str, tuple[Span, ...]], allow: frozenset[str]) -> dict[str, tuple[Span, ...]]:
    """The spans of each text without those that name nobody."""
    return {
        text: tuple(span for span in found if not is_allowed(text[span.start : span.end], allow))
        for text, found in spans.items()
    }


def text_reasons(finder: Finder, kept: Mapping[str, int]) -> Iterator[Reason]:
    """Which recognisers may have found what a text column holds."""
    named = Counter({entity: count for entity, count in kept.items() if finder.named(entity)})
    for entity, count in named.most_common():
        for it in finder.named(entity):
            params: Params = {"recogniser": it.name, "version": version(it), "entity": entity, "texts": count}
            yield Reason("text.custom", params)
