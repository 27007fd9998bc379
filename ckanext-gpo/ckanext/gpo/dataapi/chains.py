"""Records that foreign keys relate to one, in the tables of all domains, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ckanext.gpo.common.tables import Table, table, tables
from ckanext.gpo.common.types import Translate

from . import query
from .query import Selection

if TYPE_CHECKING:
    from .questions import Question

MOST_STATEMENTS: Final = 200
"""Questions to the database about one chain."""

Record = dict[str, Any]
Identity = tuple[str, tuple[Any, ...]]
"""A dataset and the key of a record of it."""


@dataclass(frozen=True)
class Relation:
    """A foreign key, walked from a record to those that it relates to it.

    :param fields: of the record
    :param related: dataset of the others
    :param related_fields: of the others, that have the same values
    :param is_reference: whether the record refers to the others, not they to it
    """

    fields: tuple[str, ...]
    related: str
    related_fields: tuple[str, ...]
    is_reference: bool


@dataclass
class Node:
    """A record of a chain.

    :param depth: how many foreign keys it is away from the first
    """

    table: Table
    record: Record
    depth: int

    @property
    def identity(self) -> Identity:
        names = self.table.primary_key or tuple(self.record)
        key = tuple(self.record.get(name) for name in names)
        return self.table.dataset_name, key


@dataclass(frozen=True)
class Link:
    """That a record refers to another, by which of its fields."""

    source: int
    target: int
    fields: tuple[str, ...]


@dataclass
class Chain:
    """Records by the order in which they were met, and what links them."""

    nodes: list[Node] = field(default_factory=list[Node])
    links: dict[Link, None] = field(default_factory=dict[Link, None])
    is_complete: bool = True


def related_datasets(start: Table, depth: int) -> list[str]:
    """The datasets that are at most so many foreign keys away."""
    names = {start.dataset_name}
    edge = [start]
    for _step in range(depth):
        edge = [
            by_dataset()[name]
            for each in edge
            for name in dict.fromkeys(r.related for r in relations(each))
            if not (name in names or names.add(name))
        ]
    return sorted(names)


def relations(start: Table) -> list[Relation]:
    """The foreign keys of a table and those of others that name it."""
    return [*_references(start), *_back_references(start)]


def by_dataset() -> Mapping[str, Table]:
    """The tables by the names of their datasets."""
    return {each.dataset_name: each for each in tables().values()}


def _references(start: Table) -> Iterator[Relation]:
    for key in start.foreign_keys:
        related = table(key.table_ref).dataset_name
        yield Relation(key.fields, related, key.reference_fields, is_reference=True)


def _back_references(start: Table) -> Iterator[Relation]:
    for each in tables().values():
        for key in each.foreign_keys:
            if key.table_ref == start.ref:
                related = each.dataset_name
                yield Relation(
                    key.reference_fields, related, key.fields, is_reference=False
                )


def walk(
    questions: Mapping[str, Question],
    first: Node,
    depth: int,
    limit: int,
    _: Translate,
) -> Chain:
    """The records that are at most so many foreign keys away, the nearest first.

    :param questions: dataset → what answers for its rows; others are left out
    :param limit: how many records at most
    """
    walker = _Walker(questions, limit, _)
    walker.add(first)
    for step in range(1, depth + 1):
        edge = [node for node in walker.chain.nodes if node.depth == step - 1]
        for node in edge:
            walker.follow(node, step)
    return walker.chain


class _Walker:
    """Follows foreign keys and remembers the records that it has met."""

    def __init__(
        self, questions: Mapping[str, Question], limit: int, _: Translate
    ) -> None:
        self.chain = Chain()
        self._questions = questions
        self._limit = limit
        self._ = _
        self._places: dict[Identity, int] = {}
        self._statements = 0

    def add(self, node: Node) -> int | None:
        """The place of a record in the chain; None if the chain is full."""
        place = self._places.get(node.identity)
        if place is None and len(self._places) < self._limit:
            place = self._places[node.identity] = len(self._places)
            self.chain.nodes.append(node)
        if place is None:
            self.chain.is_complete = False
        return place

    def follow(self, node: Node, depth: int) -> None:
        """Add what is related to a record."""
        place = self._places[node.identity]
        for relation in relations(node.table):
            for record in self._related(node, relation):
                other = Node(by_dataset()[relation.related], record, depth)
                target = self.add(other)
                if target is None:
                    return
                link = (
                    Link(place, target, relation.fields)
                    if relation.is_reference
                    else Link(target, place, relation.related_fields)
                )
                self.chain.links[link] = None

    def _related(self, node: Node, relation: Relation) -> list[Record]:
        question = self._questions.get(relation.related)
        values = [node.record.get(name) for name in relation.fields]
        if question is None or any(value is None for value in values):
            return []
        if any(name not in question.fields for name in relation.related_fields):
            return []  # the rows are of a time when they had other fields
        if self._statements == MOST_STATEMENTS:
            self.chain.is_complete = False
            return []
        self._statements += 1
        fields = question.fields
        key = {
            fields[name]: query.parse_value(fields[name], value, "key", self._)
            for name, value in zip(relation.related_fields, values, strict=True)
        }
        publication = question.publication
        page = query.read_page(
            question.run,
            Selection(publication.resource_id, fields, query.same_values(key)),
            list(fields.values()),
            query.Order(),
            self._limit,
            publication.version,
            self._,
        )
        self.chain.is_complete &= page.next is None
        return page.records
