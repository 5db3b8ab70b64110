"""A sample in, findings out: the whole of the analysis. Reading is `read`, and may happen in another process.

scan(read_table("customers.csv")) -> Scan
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby, islice
from typing import Final

from core.types import Category, Identifying, Reason
from datamap.scanner import added
from datamap.scanner import text as free_text
from datamap.scanner.about import About, about, of_nobody, revise
from datamap.scanner.allotment import allotted, unread
from datamap.scanner.cells import tidied
from datamap.scanner.columns import Judged, Verdict, finding, judge, nothing
from datamap.scanner.custom import Finder, finder, version
from datamap.scanner.installation import installation
from datamap.scanner.language import FALLBACK, UNHEARD, Spoken, spoken
from datamap.scanner.options import DEFAULT, Options
from datamap.scanner.types import Column, Finding, Scan, Span, Table

#: The share of values the model must name alike; of single words it takes many for names that are none.
MOST: Final = 0.5
SURE: Final = 0.8
TWO_WORDS: Final = 1.5
#: Texts between two reports of progress.
STEP: Final = 128

Progress = Callable[[int, str], None]
Spans = Mapping[str, tuple[Span, ...]]


def scan(
    table: Table,
    options: Options = DEFAULT,
    *,
    name: str = "",
    progress: Progress | None = None,
    read: Callable[[list[str], tuple[str, ...]], Spans] | None = None,
) -> Scan:
    """Classify every column of a sample. Without `options.headers` they are c1, c2 ... and the values speak alone.

    `progress(percent, code)` may raise to cancel. `read` is asked for the spans of all open columns' distinct texts and
    told the languages they may be in, at most once; without it, `read_texts`.
    """
    own = finder(installation().recognisers + options.recognisers)
    tables = [_Judged(part, options, own, file=name) for part in _tables(table, options)]
    judged = allotted([item for one in tables for item in one.judged])
    left = iter(judged)
    for one in tables:
        one.judged = list(islice(left, len(one.judged)))
    if progress:
        progress(10, "columns")
    texts, said = list(dict.fromkeys(text for item in judged for text in item.read)), _said(judged, options)
    found = _found(texts, said.languages, options, progress, read)
    spans = added.spans_allowed(found, options.allow)
    findings = tuple(finding for one in tables for finding in one.findings(spans, table.rows, own))
    engines = (*_engines(texts, said.languages), *(f"{it.name} {version(it)}" for it in own.recognisers))
    return Scan(
        table.format, table.rows, table.sampled, table.skipped, table.has_header, findings,
        (*table.left_out, *unread(judged)), language=said.language, language_share=said.share, engines=engines,
    )  # fmt: skip


def _tables(table: Table, options: Options) -> list[list[Column]]:
    """The columns of each table of a file. Without headers they are c1, c2 ... over all tables."""
    columns = [replace(column, has_header=column.has_header and table.has_header) for column in table.columns]
    if not options.headers:
        columns = [replace(c, name=f"c{i}", has_header=False) for i, c in enumerate(columns, start=1)]
    return [list(part) for _, part in groupby(columns, key=lambda column: column.table)]


class _Judged:
    """The columns of one table, judged by themselves and then by what the table is about. Called by their own names."""

    def __init__(self, columns: list[Column], options: Options, own: Finder, *, file: str) -> None:
        first = columns[0]
        self.header, self.allow = first.has_header, options.allow
        self.table = "" if not self.header else _stem(file) if not first.table else _called(first.table)
        self.names = [column.name for column in columns]
        self.judged = [_judge(_own(column), options, own, header=self.header, table=self.table) for column in columns]

    def findings(self, spans: dict[str, tuple[Span, ...]], rows: int, own: Finder) -> Iterator[Finding]:
        settled = [_settled(item, spans, own) for item in self.judged]
        level = about(settled, header=self.header, table=self.table)
        again = revise(settled, level, header=self.header)
        for name, item, other in zip(self.names, settled, again, strict=True):
            revised = item if added.is_taught(item) else other
            found = _conclude(revised, spans, item.column.rows or rows, own, level)
            found = added.with_rare(
                found, item.column, own, self.allow, header=self.header, rows=item.column.rows or rows
            )
            yield replace(found, name=name)


def _own(column: Column) -> Column:
    """The column by the name it has in its own table."""
    return replace(column, name=column.name.removeprefix(column.table)) if column.table else column


def _called(prefix: str) -> str:
    """What a table of several is called: people for "shop/people.csv/", result people for "result.people[]."."""
    last = prefix.rstrip("/").rsplit("/", 1)[-1]
    return _stem(last) if prefix.endswith("/") else last.replace("[]", "").replace(".", " ").strip()


def _stem(file: str) -> str:
    return file.rsplit(".", 1)[0]


def _judge(column: Column, options: Options, own: Finder, *, header: bool, table: str) -> Judged:
    """The column by itself, then by what people taught the scanner."""
    kept = added.without_allowed(tidied(column), options.allow)
    judged = judge(kept, header=header, table=table)
    if column.values and not kept.values:
        return added.all_allowed(judged, len(column.values))
    return added.with_recognisers(judged, own, header=header)


def _said(judged: list[Judged], options: Options) -> Spoken:
    """The language of the free text, unless somebody chose one. Words of other columns are too few to tell."""
    texts = [text for item in judged if item.open_for == "text" for text in item.read]
    return spoken(texts, options.language) if texts or options.language else UNHEARD


def _found(
    texts: list[str],
    languages: tuple[str, ...],
    options: Options,
    progress: Progress | None,
    read: Callable[[list[str], tuple[str, ...]], Spans] | None,
) -> Spans:
    if not texts:
        return {}
    return read(texts, languages) if read else read_texts(texts, options, progress, languages)


def _engines(texts: list[str], languages: tuple[str, ...]) -> tuple[str, ...]:
    if not texts:
        return ()
    from datamap.scanner.analyser import engines  # noqa: PLC0415 - the model takes seconds to load and is rarely needed

    return engines(languages)


def read_texts(
    texts: list[str],
    options: Options,
    progress: Progress | None = None,
    languages: tuple[str, ...] = (FALLBACK,),
) -> dict[str, tuple[Span, ...]]:
    """Texts through the language models. In several lists whose lengths are multiples of STEP they give the same."""
    from datamap.scanner.analyser import analyse  # noqa: PLC0415 - the model takes seconds to load and is rarely needed

    spans: dict[str, tuple[Span, ...]] = {}
    for done, part in enumerate(_parts(texts)):
        spans.update(analyse(part, recognisers=options.recognisers, languages=languages))
        if progress:
            progress(10 + min(89, int(90 * (done + 1) * STEP / len(texts))), "texts")
    return spans


def _parts(texts: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), STEP):
        yield texts[start : start + STEP]


def _settled(item: Judged, spans: dict[str, tuple[Span, ...]], own: Finder) -> Judged:
    """The column with what the language model says of its words."""
    if item.open_for != "names":
        return item
    verdict = _named(item, spans, own) or nothing(item.shape, item.proposal, list(item.evidence))
    return replace(item, verdict=verdict, open_for="")


def _conclude(item: Judged, spans: dict[str, tuple[Span, ...]], rows: int, own: Finder, level: About) -> Finding:
    if item.open_for == "text":
        return of_nobody(free_text.describe(item, spans, rows, own), level)
    if item.verdict is None:
        raise AssertionError("a column was left undecided")
    return finding(item, item.verdict, rows)


def _named(item: Judged, spans: dict[str, tuple[Span, ...]], own: Finder) -> Verdict | None:
    """What the model takes most of the values for, where it takes most of each value for it."""
    votes: Counter[str] = Counter()
    for value in item.read:
        for span in spans.get(value, ()):
            if span.end - span.start >= 0.6 * len(value):
                votes[span.entity] += 1
                break
    if not votes:
        return None
    entity, count = votes.most_common(1)[0]
    share = count / len(item.read)
    kind = own.kind_of(entity)
    least = (
        SURE if entity == "PERSON" and not (item.shape.words >= TWO_WORDS or item.proposal.entity == "PERSON") else MOST
    )
    if share < least or kind.identifying is Identifying.NONE or kind.category is Category.NONE:
        return None
    reason = Reason("value.model", {"entity": entity, "share": round(share, 3)})
    return Verdict(entity, kind.identifying, kind.category, 0.45 + 0.4 * share, share, (reason,))
