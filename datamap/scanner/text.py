"""Free text: which entities it holds, how many of the texts hold any, and examples masked in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from core.types import SPECIAL, Category, Identifying, Reason
from datamap.scanner.added import text_reasons
from datamap.scanner.columns import Judged
from datamap.scanner.custom import Finder
from datamap.scanner.gazetteer import group_of
from datamap.scanner.intervals import wilson
from datamap.scanner.kinds import names_nobody
from datamap.scanner.masking import mask_text
from datamap.scanner.rare import Rare, rare
from datamap.scanner.sensitive_words import is_listed
from datamap.scanner.types import Finding, Span

#: An entity in fewer of the texts than this is taken for a slip of the model, unless a find is sure.
RARE: Final = 0.004
SEVERAL: Final = 2
RARE_SPECIAL: Final = 0.005
SEVERAL_SPECIAL: Final = 3
#: With so few texts every find counts.
FEW: Final = 20
EXAMPLES: Final = 3
TRIED: Final = 60  # texts masked, until as many differ
WORDS: Final = 4  # of a special category, shown as its evidence

Spans = Mapping[str, tuple[Span, ...]]


def describe(judged: Judged, spans: Spans, rows: int, own: Finder) -> Finding:
    """What a text column holds. A text that names a person identifies directly; a town or a job alone only in part."""
    texts = judged.read
    seen = {text: tuple(_specific(text, spans.get(text, ()), own)) for text in dict.fromkeys(texts)}
    often = {entity for entity, count in _holding(texts, seen).items() if _counts(entity, count, len(texts), own)}
    known = {text: tuple(span for span in found if span.sure or span.entity in often) for text, found in seen.items()}
    return _finding(judged, seen, known, rows, own)


def _holding(texts: Sequence[str], spans: Spans) -> Counter[str]:
    """In how many of the texts each entity is."""
    return Counter(entity for text in texts for entity in {span.entity for span in spans[text]})


def _seldom(judged: Judged, kept: dict[str, int]) -> list[Rare]:
    """What the full pass confirmed and the texts read do not show."""
    return [find for find in rare(judged.column) if find.entity not in kept]


def _specific(text: str, spans: tuple[Span, ...], own: Finder) -> Iterator[Span]:
    """The spans that say something of a person; a "group" only where a word list says which."""
    for span in spans:
        entity = group_of(text[span.start : span.end]) if span.entity == "NRP" else span.entity
        if entity and own.kind_of(entity).identifying is not Identifying.NONE:
            yield replace(span, entity=entity)


def _counts(entity: str, count: int, texts: int, own: Finder) -> bool:
    """Often enough to be no slip of the model; a special category raises every risk, so it must show more often."""
    if own.kind_of(entity).category in SPECIAL:
        return count >= max(SEVERAL_SPECIAL, RARE_SPECIAL * texts) or (texts <= FEW and count >= 1)
    return count >= max(SEVERAL, RARE * texts) or (texts <= FEW and count >= 1)


def _finding(judged: Judged, seen: Spans, spans: Spans, rows: int, own: Finder) -> Finding:
    """`seen` is all that was claimed, `spans` what counts of it."""
    column, header, texts = judged.column, judged.verdict, judged.read
    slips = sum(bool(seen[text]) and not spans[text] for text in texts)
    kept = dict(_holding(texts, spans).most_common())
    identified = sum(bool(spans[text]) for text in texts)
    seldom = _seldom(judged, kept)
    share, low, high = _interval(judged, identified, len(texts), seldom, rows)
    kinds = [own.kind_of(entity) for entity in (*kept, *(find.entity for find in seldom))]
    direct = any(kind.identifying is Identifying.DIRECT for kind in kinds)
    special = [kind.category for kind in kinds if kind.category in SPECIAL]
    category = header.category if header else Category.COMMUNICATION
    why = (
        *(header.why if header else ()),
        Reason("text.model", {"read": len(texts), "holding": identified}),
        *((Reason("text.slips", {"read": len(texts), "texts": slips}),) if slips else ()),
        *_special(texts, spans, kept, own),
        *text_reasons(own, kept),
        *(find.reason for find in seldom),
    )
    return Finding(
        name=column.name,
        type=column.type or "text",
        identifying=Identifying.DIRECT if direct else Identifying.QUASI if kinds else Identifying.NONE,
        entity="FREE_TEXT",
        category=category,
        confidence=round(_confidence(len(texts), identified + sum(find.rows for find in seldom), slips), 3),
        share=round(share, 4),
        low=round(low, 4),
        high=round(high, 4),
        distinct=judged.shape.distinct,
        why=why,
        examples=_examples(texts, seen),
        entities=kept | {find.entity: find.rows for find in seldom},
        is_text=True,
        categories=tuple(dict.fromkeys(special)),
    )


def _interval(judged: Judged, identified: int, read: int, seldom: list[Rare], rows: int) -> tuple[float, float, float]:
    """The share of rows that hold something: of the texts read, and never less than the full pass counted."""
    column = judged.column
    filled = column.filled / rows if rows else 0.0
    least = max((find.share for find in seldom), default=0.0)
    share, low, high = wilson(identified / max(1, read), max(1, read))
    if read == column.filled:
        low = high = share
    return max(least, share) * filled, max(least, low) * filled, max(least, high) * filled


def _special(texts: Sequence[str], spans: Spans, kept: Mapping[str, int], own: Finder) -> Iterator[Reason]:
    """For each special category: in how many texts, and by which words of our lists, the most frequent first."""
    for entity, count in kept.items():
        if not names_nobody(entity) and own.kind_of(entity).category not in SPECIAL:
            continue
        said = Counter(
            text[span.start : span.end].lower() for text in texts for span in spans[text] if span.entity == entity
        )
        words = [word for word, _ in said.most_common() if is_listed(word) or group_of(word)][:WORDS]
        if words:
            yield Reason("text.special", {"entity": entity, "texts": count, "words": ", ".join(words)})


def _confidence(read: int, holding: int, slips: int) -> float:
    """Certain once several texts hold something, or once many hold nothing; less where the models saw something."""
    if holding:
        return min(0.98, 0.6 + 0.1 * holding)
    return min(0.75 if slips else 0.95, 0.5 + 0.01 * read)


def _examples(texts: Sequence[str], spans: Spans) -> tuple[str, ...]:
    """Texts that show most different entities first; with none, the first few, their uncommon words hidden."""
    best = sorted(dict.fromkeys(texts), key=lambda text: len({span.entity for span in spans[text]}), reverse=True)
    masked = (mask_text(text, [(span.start, span.end, span.entity) for span in spans[text]]) for text in best)
    return tuple(islice(dict.fromkeys(islice(masked, TRIED)), EXAMPLES))
