"""The tables of one script while it is read: later statements add columns, keys, comments and children."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from datamap.parsers.columns import apply_key
from datamap.parsers.types import MAX_ENTITIES, MAX_FIELDS, Entity, Field, Unreadable


@dataclass(slots=True)
class Table:
    name: str
    namespace: str
    line: int
    kind: str = "table"
    description: str = ""
    derived: bool = False
    fields: dict[str, Field] = field(default_factory=dict)

    def add(self, fields: Iterable[Field]) -> None:
        for one in fields:
            self.fields.setdefault(one.path.lower(), one)

    def key(self, column: str, kind: str, target: str) -> None:
        if known := self.fields.get(column.lower()):
            self.fields[column.lower()] = apply_key(known, kind, target)

    def describe(self, column: str, text: str) -> None:
        if known := self.fields.get(column.lower()):
            self.fields[column.lower()] = replace(known, description=text)

    def remark(self, texts: Mapping[str, str]) -> None:
        """Of comments in the script: they describe what nothing else does."""
        for name, text in texts.items():
            known = self.fields.get(name)
            if known is not None and not known.description:
                self.fields[name] = replace(known, description=text)

    def rename_field(self, old: str, new: Field | str) -> None:
        """Keeps the place of the column among the others."""
        known = self.fields.get(old.lower())
        if known is None:
            if isinstance(new, Field):
                self.add([new])
            return
        changed = new if isinstance(new, Field) else replace(known, path=new)
        self.fields = {
            (changed.path.lower() if name == old.lower() else name): (changed if name == old.lower() else one)
            for name, one in self.fields.items()
        }


class Catalogue:
    """Tables by name, with or without their namespace; case does not matter."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, str], Table] = {}
        self._by_name: dict[str, list[Table]] = {}
        self._parents: dict[tuple[str, str], Table] = {}  # of partitions and heirs that became one with them
        self._fields = 0

    def find(self, name: str, namespace: str = "") -> Table | None:
        """The table of that namespace, else the only one of that name."""
        if exact := self._tables.get((namespace.lower(), name.lower())):
            return exact
        if parent := self._parents.get((namespace.lower(), name.lower())):
            return parent
        named = self._by_name.get(name.lower(), []) if not namespace else []
        return named[0] if len(named) == 1 else None

    def put(self, table: Table) -> None:
        """Later definitions replace earlier ones (a script that drops and creates again)."""
        self.remove(self._tables.get((table.namespace.lower(), table.name.lower())))
        self._tables[(table.namespace.lower(), table.name.lower())] = table
        self._by_name.setdefault(table.name.lower(), []).append(table)
        self._fields += len(table.fields)
        if self._fields > MAX_FIELDS or len(self._tables) > MAX_ENTITIES:
            raise Unreadable("too_many_fields", line=table.line, params={"limit": MAX_FIELDS})

    def remove(self, table: Table | None) -> None:
        if table is not None and self._tables.pop((table.namespace.lower(), table.name.lower()), None) is not None:
            self._by_name[table.name.lower()].remove(table)

    def rename(self, table: Table, name: str) -> None:
        self.remove(table)
        table.name = name
        self.put(table)

    def adopt(self, parent: Table, child: Table) -> None:
        """A partition or heir is one logical table with its parent, also for its own partitions and heirs."""
        if parent is not child:
            parent.add(child.fields.values())
            self.remove(child)
            self._parents[(child.namespace.lower(), child.name.lower())] = parent

    def entities(self) -> tuple[Entity, ...]:
        """In the order of the script; a name that two namespaces share is written with its namespace."""
        count = Counter(table.name.lower() for table in self._tables.values())
        return tuple(
            Entity(
                name=f"{table.namespace}.{table.name}"
                if count[table.name.lower()] > 1 and table.namespace
                else table.name,
                fields=tuple(table.fields.values()),
                description=table.description,
                kind=table.kind,
                namespace=table.namespace,
                line=table.line,
                derived=table.derived,
            )
            for table in self._tables.values()
        )
