"""Reads the columns of one CREATE TABLE without a grammar: quote-aware commas, name, type until a constraint word.

What is left when no dialect's grammar reads a statement: an unknown option costs nothing, an unknown type keeps
its spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from datamap.parsers.literals import LITERAL, text_of
from datamap.parsers.types import Field

_NAME: Final = re.compile(
    r"""\s*(?:"((?:[^"]|"")+)"|`((?:[^`]|``)+)`|\[([^\]]{1,400})\]|'([^']+)'|([^\s,()"'`\[\]]+))"""
)
_BARE: Final = r"""(?:"(?:[^"]|"")+"|`[^`]+`|\[[^\]]{1,400}\]|[^\s"`\[\]().,;]+)"""
#: One name with the namespaces before it: `a`, `"b c".d`, `db..t`.
QUALIFIED: Final = rf"{_BARE}(?:\s*\.{{1,2}}\s*{_BARE})*"
_HEAD: Final = re.compile(
    rf"CREATE\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:(?!TABLE\b)\w+\s+){{0,5}}TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?P<name>{QUALIFIED})",
    re.IGNORECASE,
)
_PART: Final = re.compile(r'"((?:[^"]|"")+)"|`([^`]+)`|\[([^\]]{1,400})\]|([^\s"`\[\]().,;]+)')
#: Strings as most databases write them, E'..' and q'[..]' among them; a backslash escapes unless the string ends there.
STRING: Final = (
    r"""(?<=\W[qQ])'(?:\[.{0,4000}?\]|\{.{0,4000}?\}|\(.{0,4000}?\)|<.{0,4000}?>|!.{0,4000}?!|\|.{0,4000}?\|)'"""
    r"""|'(?:[^'\\]|''|\\(?!'\s*[,)\n]).|\\(?='\s*[,)\n]))*+'"""
)
_TOKEN: Final = re.compile(
    STRING + r"""|"(?:[^"]|"")*+"|`[^`]*+`|\[[^\]\n]{0,400}+\]|--[^\n]*+|/\*.*?\*/|[(),<>;]|[^'"`\[(),<>;/-]+|.""",
    re.DOTALL,
)
_COMMENT: Final = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
#: A part that starts so defines no column; the second list also names columns, so what follows decides.
_CONSTRAINTS: Final = frozenset(
    ("PRIMARY", "FOREIGN", "CONSTRAINT", "FULLTEXT", "SPATIAL", "SUPPLEMENTAL", "PROJECTION")
)
_PERHAPS: Final = frozenset(
    ("KEY", "INDEX", "LIKE", "PERIOD", "PARTITION", "UNIQUE", "CHECK", "EXCLUDE", "FAMILY", "SHARD", "SORT", "VECTOR")
)
#: The same in lower case: a grammar that takes one of these for a column is mistaken where the splitter does not.
KEYWORDS: Final = frozenset(word.lower() for word in _CONSTRAINTS | _PERHAPS)
_MAX_PART: Final = 20_000  # characters of one column's definition that are looked at
_TYPE_WORD: Final = re.compile(
    r"(?:N?(?:VAR)?CHAR2?|CHARACTER|STRING|CITEXT|(?:TINY|SMALL|MEDIUM|BIG|LONG)?(?:INT|TEXT|BLOB)\d*|U?INT\d+|INTEGER"
    r"|NUM(?:BER|ERIC)?|DEC(?:IMAL)?|FLOAT\d*|DOUBLE|REAL|BOOL(?:EAN)?|BIT|DATE(?:TIME(?:2|OFFSET)?)?"
    r"|TIME(?:STAMP(?:TZ|_\w+)?|TZ)?|YEAR|UUID|UNIQUEIDENTIFIER|JSONB?|[NCB]?LOB|BYTEA?|BYTES|(?:VAR)?BINARY|RAW|ENUM|SET"
    r"|(?:BIG|SMALL)?SERIAL|ARRAY|STRUCT|MAP|VARIANT|XML|MONEY)(?!\w)\s*+(?!\(\s*(?!MAX\b)[^\d'\"*\s])",
    re.IGNORECASE,
)
_CLICKHOUSE_INDEX: Final = re.compile(r"\bTYPE\s+\w+.*\bGRANULARITY\b", re.IGNORECASE)
#: What follows such a word where it starts an index, a check or another constraint.
_INDEX: Final = re.compile(
    r"""(?:(?:KEY|INDEX|IF\s+NOT\s+EXISTS|(?:NON)?CLUSTERED|NULLS\s+(?:NOT\s+)?DISTINCT|USING\s+\w+)\s+)*"""
    rf"""(?:{_BARE}\s*)?(?:(?:UNIQUE|(?:NON)?CLUSTERED|COLUMNSTORE|HASH)\b\s*)*"""
    r"""(?:USING\s+\w+\s*|TYPE\s+\w+\s*)?(?:\(|$)""",
    re.IGNORECASE,
)
_AFTER_TYPE: Final = re.compile(
    r"\b(?:NOT\s+NULL|NULL|DEFAULT|PRIMARY|UNIQUE|REFERENCES|CHECK|COLLATE|CONSTRAINT|GENERATED|IDENTITY|AUTO_?INCREMENT|COMMENT|ENCODE|AS\s*\(|ON\s+UPDATE|CHARACTER\s+SET|CHARSET|"
    r"OPTIONS|DISTKEY|SORTKEY|ENABLE|DISABLE|MASKING|MASK|MASKED|ENCRYPT|ENCRYPTED|FILESTREAM|USING|TAG|SPARSE|ROWGUIDCOL|INVISIBLE|STORED|VIRTUAL|CODEC|TTL|KEY|COMPRESS|FORMAT|TITLE|WITH\s+(?:TAG|MASKING|PROJECTION))\b",
    re.IGNORECASE,
)
#: COMMENT 'x', COMMENT = 'x'; inside of BigQuery's OPTIONS (...) it is called a description.
_REMARK: Final = re.compile(r"\bCOMMENT\b(?:\s*=)?|\b(OPTIONS)\s*(?=\()", re.IGNORECASE)
_REMARK_TEXT: Final = re.compile(rf"\s*({LITERAL})", re.DOTALL)
_DESCRIPTION: Final = re.compile(rf"\bdescription\s*=\s*({LITERAL})", re.IGNORECASE | re.DOTALL)
_REFERENCES: Final = re.compile(r"REFERENCES\s+([^\s(]+)\s*(?:\(\s*([^)]*)\))?", re.IGNORECASE)
_TABLE_KEY: Final = re.compile(r"\b(PRIMARY\s+KEY|UNIQUE(?:\s+(?:KEY|INDEX))?)\b[^(]{0,400}\(([^)]*)\)", re.IGNORECASE)
_FOREIGN: Final = re.compile(
    r"\bFOREIGN\s+KEY\b[^(]*\(([^)]*)\)\s*REFERENCES\s+([^\s(]+)\s*(?:\(\s*([^)]*)\))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a CREATE TABLE, its namespace, and where its text goes on."""

    name: str
    namespace: str
    end: int


def table_head(sql: str) -> Head | None:
    """The table's name, unquoted, without its schema."""
    found = _HEAD.match(sql)
    if not found:
        return None
    parts = identifier_parts(found["name"])
    return Head(parts[-1], ".".join(parts[:-1]), found.end()) if parts else None


_VIEW_HEAD: Final = re.compile(
    rf"CREATE\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:(?!VIEW\b)[\w=`'@%.]+\s+){{0,8}}VIEW\s+(?:IF\s+NOT\s+EXISTS\s+)?(?P<name>{QUALIFIED})",
    re.IGNORECASE,
)


def view_head(sql: str) -> Head | None:
    """The same of a CREATE VIEW."""
    found = _VIEW_HEAD.match(sql)
    parts = identifier_parts(found["name"]) if found else []
    return Head(parts[-1], ".".join(parts[:-1]), found.end()) if found and parts else None


def identifier_parts(text: str) -> list[str]:
    """`"a"."b c"` -> [a, b c]."""
    return [next(part for part in match.groups() if part).replace('""', '"') for match in _PART.finditer(text)]


def read_columns(sql: str, start: int, *, directly: bool = False) -> list[Field]:
    """Columns of the parenthesis that lists them, or only of one that stands at `start`; empty where there is none."""
    if directly and not sql[start:].lstrip().startswith("("):
        return []
    span = _column_list(sql, start)
    if span is None:
        return []
    parts = parts_of(sql[slice(*span)])
    fields = [field for field in (column_of(part) for part in parts) if field]
    return _with_keys(fields, parts)


def after_columns(sql: str, start: int) -> int:
    """Where the options of a table begin."""
    span = _column_list(sql, start)
    return span[1] if span else start


def is_unclosed(sql: str, start: int) -> bool:
    """Whether the parenthesis that lists the columns never closes."""
    span = _column_list(sql, start)
    return span is not None and span[1] == len(sql)


#: A parenthesis after one of these belongs to an option: Snowflake and SQL Server write some before the columns.
_CLAUSE: Final = re.compile(
    r"\b(?:BY(?:\s+\w+)?|WITH|(?:DIST|SORT)KEY|OPTIONS|TAG|ON|POLICY|(?:TBL)?PROPERTIES|TEMPLATE|HASH|IN)\s*$",
    re.IGNORECASE,
)
_QUERY: Final = re.compile(r"\bAS\s*(?:\($|(?:SELECT|WITH|FROM|TABLE|VALUES|EXECUTE)\b)", re.IGNORECASE)


def _column_list(sql: str, start: int) -> tuple[int, int] | None:
    """Where the text of the columns begins and ends; a parenthesis that never closes lasts to the end."""
    before, opened, at = "", -1, start
    for text, depth in _nested(sql, start):
        if depth == 0 and opened < 0:
            if text == ";" or _QUERY.search(before + text):
                return None
            if text == "(" and not _CLAUSE.search(before):
                opened = at + 1
            before = text
        elif depth == 0 and text == ")":
            return opened, at
        at += len(text)
    return (opened, len(sql)) if opened >= 0 else None


def _nested(text: str, start: int = 0) -> Iterator[tuple[str, int]]:
    """Tokens with their depth in parentheses and in <> of a type; those that open or close count as outside of it."""
    depth = angle = 0
    last = ""
    for found in _TOKEN.finditer(text, start):
        piece = found[0]
        if piece.startswith(("--", "/*")):
            piece = " " * len(piece)
        opens = piece == "<" and depth == 0 and bool(angle or _GENERIC.search(last))
        angle -= piece == ">" and depth == 0 and angle > 0
        depth = max(depth - (piece == ")"), 0)
        yield piece, depth + angle
        angle += opens
        depth += piece == "("
        last = last[-30:] + piece


#: Columns that stand outside of the table's parentheses: Hive's, Spark's, Redshift's and BigQuery's partitions.
_PARTITIONS: Final = re.compile(r"\b(?:PARTITIONED\s+BY|WITH\s+PARTITION\s+COLUMNS)\s*(?=\()", re.IGNORECASE)


def partition_columns(sql: str, start: int) -> list[Field]:
    """What PARTITIONED BY defines; a name without a type, or a transform of one, is a column of the table already."""
    found = _PARTITIONS.search(sql, start)
    span = _column_list(sql, found.end()) if found else None
    columns = [column_of(part) for part in parts_of(sql[slice(*span)] if span else "")]
    return [column for column in columns if column and column.type and not column.type.startswith("(")]


_GENERIC: Final = re.compile(r"\b(?:STRUCT|ARRAY|MAP|RANGE|ROW|RECORD|UNIONTYPE|NESTED|TABLE)\s*$", re.IGNORECASE)


def parts_of(body: str) -> list[str]:
    """Split at commas outside of quotes, parentheses and <> (STRUCT<a INT64, b STRING>)."""
    parts: list[str] = []
    current: list[str] = []
    for piece, depth in _nested(body):
        if piece == "," and depth == 0:
            parts.append("".join(current))
            current = []
        else:
            current.append(piece)
    parts.append("".join(current))
    return [part.strip() for part in parts if part.strip()]


def outside(text: str) -> str:
    """As long as the text, but blank inside of quotes, parentheses and <>: where the words of options stand."""
    if not _ENCLOSING.search(text):
        return text
    hidden = "'\"`["
    return "".join(" " * len(token) if depth or token[0] in hidden else token for token, depth in _nested(text))


_ENCLOSING: Final = re.compile(r"['\"`\[(<]")


def comment_in(text: str) -> str:
    """What COMMENT or OPTIONS (description = ...) says among the options of a column or table."""
    for found in _REMARK.finditer(outside(text)):
        if found[1]:
            inside = _column_list(text, found.end())
            literal = _DESCRIPTION.search(text, *inside) if inside else None
        else:
            literal = _REMARK_TEXT.match(text, found.end())
        if literal:
            return text_of(literal[1])
    return ""


def column_of(part: str) -> Field | None:
    part = part[:_MAX_PART]
    found = _NAME.match(part)
    if not found or (found[5] and "=" in found[5]) or part[found.end() :].lstrip().startswith("="):
        return None  # an option of a virtual table
    name = next(group for group in found.groups() if group)
    rest = part[found.end() :].strip()
    quoted = found[5] is None
    word = name.upper()
    if not quoted and (word in _CONSTRAINTS or (word in _PERHAPS and _is_constraint(word, rest))):
        return None
    words = outside(rest)
    stop = _AFTER_TYPE.search(words)
    type_, options = (rest[: stop.start()], rest[stop.start() :]) if stop else (rest, "")
    words = words[len(type_) :]
    referring = re.search(r"\bREFERENCES\b", words, re.IGNORECASE)
    reference = _REFERENCES.match(options, referring.start()) if referring else None
    primary = re.search(r"\bPRIMARY\s+KEY\b", words, re.IGNORECASE) is not None
    unique = re.search(r"\bUNIQUE\b", words, re.IGNORECASE) is not None
    not_null = primary or re.search(r"\bNOT\s+NULL\b", words, re.IGNORECASE) is not None
    return Field(
        path=name.replace('""', '"').replace("``", "`"),
        type=" ".join(type_.split()),
        nullable=not not_null,
        description=comment_in(options),
        key="primary" if primary else "foreign" if reference else "unique" if unique else "",
        references=_target(reference[1], reference[2]) if reference else "",
    )


def _is_constraint(word: str, rest: str) -> bool:
    """Whether a part that starts with KEY, INDEX, CHECK, ... is no column of that name."""
    if _TYPE_WORD.match(rest):
        return False
    return word in {"LIKE", "PERIOD", "PARTITION", "EXCLUDE"} or bool(
        _INDEX.match(rest) or _CLICKHOUSE_INDEX.search(rest)
    )


def _target(table: str, columns: str | None) -> str:
    names = identifier_parts(table)[-1:] + identifier_parts(columns or "")[:1]
    return ".".join(names)


def _with_keys(fields: list[Field], parts: list[str]) -> list[Field]:
    """Applies PRIMARY KEY (...), UNIQUE (...) and FOREIGN KEY (...) parts to the columns they name."""
    keys: dict[str, list[tuple[str, str]]] = {}
    for part in parts:
        if re.match(r"(?:PRIMARY|UNIQUE|FOREIGN|CONSTRAINT)\b", part, re.IGNORECASE):
            for column, key, target in table_keys(part):
                keys.setdefault(column.lower(), []).append((key, target))
    return [_keyed(field, keys.get(field.path.lower(), [])) for field in fields]


def _keyed(field: Field, keys: list[tuple[str, str]]) -> Field:
    for key, target in keys:
        field = apply_key(field, key, target)
    return field


def table_keys(part: str) -> list[tuple[str, str, str]]:
    """(column, primary|unique|foreign, target) of a table constraint; a compound UNIQUE makes no column unique."""
    found: list[tuple[str, str, str]] = []
    part = part[:_MAX_PART]
    if foreign := _FOREIGN.search(part):
        targets = identifier_parts(foreign[3] or "")
        for index, column in enumerate(identifier_parts(foreign[1])):
            found.append(
                (column, "foreign", ".".join([*identifier_parts(foreign[2])[-1:], *targets[index : index + 1]]))
            )
    elif key := _TABLE_KEY.search(part):
        columns = [column for column in identifier_parts(key[2]) if column.upper() not in {"ASC", "DESC"}]
        kind = "primary" if key[1].upper().startswith("P") else "unique"
        found.extend((column, kind, "") for column in columns if kind == "primary" or len(columns) == 1)
    return found


def apply_key(field: Field, key: str, target: str) -> Field:
    return replace(
        field,
        key=field.key if field.key == "primary" else key,
        references=field.references or target,
        nullable=False if key == "primary" else field.nullable,
    )
