"""Lucene's query language into queries of the engine.

luqum reads the text; what Lucene's classic parser makes of it is said here: there is no
precedence between AND and OR, each only marks its neighbours as required or optional.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from luqum import tree
from luqum.exceptions import ParseError
from luqum.thread import parse
from tantivy import Occur, Query

from ckanext.gpo.search.errors import CostError, Excess, QueryError
from ckanext.gpo.search.index import Clause, best_of, boost

from .matching import MAX_CLAUSES, SIGNS, Bound, Matcher


@dataclass(frozen=True)
class Scope:
    """Fields that a word without a field is looked for in, with their weights.

    The best field counts, the others add `tie` times their own score.
    """

    fields: tuple[tuple[str, float], ...]
    tie: float = 0.0

    def query(self, matcher: Matcher, method: str, *args: Any) -> Query:
        """One condition on all fields; a field that it does not suit is passed over."""
        ways: list[Query] = []
        errors: list[QueryError] = []
        for name, weight in self.fields:
            try:
                query = getattr(matcher, method)(name, *args)
            except QueryError as error:
                errors.append(error)
                continue
            ways.append(query if weight == 1 else boost(query, weight))
        if not ways and errors:
            raise errors[0]
        return best_of(ways, self.tie)


MAX_WEIGHT = 1e9
"""What a score can be multiplied with and still tell documents apart."""

COSTS = {"wildcard": 5, "regex": 10, "fuzzy": 5}
"""Of looking through the words of one field."""

OPERATORS: dict[type[tree.Item], str] = {
    tree.AndOperation: "AND",
    tree.OrOperation: "OR",
}
LEXEME = re.compile(r'[^\s"()\[\]{}:^~]+|["()\[\]{}:^~]')
"""What luqum reads as one sign or word, or less."""

LITERAL = re.compile(r'(\\.|"(?:[^"\\]|\\.)*(?:"|\\?\Z))', re.DOTALL)
"""An escaped sign, or a phrase. One that does not end takes all the rest: nothing is
read twice."""

AND_SIGN = re.compile(r"(?<!\\)&&")
OR_SIGN = re.compile(r"(?<!\\)\|\|")
NOT_SIGN = re.compile(r"(^|[\s(:])!(?=[^\s!])")
ESCAPE = re.compile(r"\\(.)", re.DOTALL)


KEPT_LENGTH = 300
"""Characters of a text whose tree is worth keeping."""


class LuceneParser:
    """Reads query texts for one request."""

    def __init__(self, matcher: Matcher, scope: Scope, *, all_required: bool) -> None:
        self.matcher = matcher
        self.scope = scope
        self.all_required = all_required
        self.either = False
        """Whether OR was said on the top level of the text."""
        self._count = 0

    def query(self, text: str) -> Query:
        """The query that a text stands for.

        :raises QueryError: it cannot be read, or asks for more than is allowed
        """
        return combine(self.clauses(text))

    def clauses(self, text: str) -> list[Clause]:
        """The clauses on the top level of a text."""
        self.matcher.budget.spend(Excess.CLAUSES, sum(1 for _ in LEXEME.finditer(text)))
        try:
            tree_of_text = _tree(text) if len(text) <= KEPT_LENGTH else _read(text)
            self.either = any(link == "OR" for link, _ in _flat(tree_of_text))
            return self._clauses(tree_of_text, None)
        # luqum lets the errors of Decimal through: `word~.` and the like.
        except (ParseError, ArithmeticError) as error:
            raise QueryError(f"Cannot parse '{text[:200]}': {error}") from error
        except RecursionError:
            raise CostError(Excess.NESTING, "nested too deeply") from None

    def _clauses(self, node: tree.Item, name: str | None) -> list[Clause]:
        occurs: list[Occur] = []
        queries: list[Query] = []
        for link, marked in _flat(node):
            item, required, prohibited = _unmarked(marked)
            if occurs and occurs[-1] is not Occur.MustNot:
                if link == "AND":
                    occurs[-1] = Occur.Must
                elif link == "OR" and self.all_required:
                    occurs[-1] = Occur.Should
            if self.all_required:
                required = link != "OR"
            else:
                required |= link == "AND"
            if prohibited:
                occurs.append(Occur.MustNot)
            else:
                occurs.append(Occur.Must if required else Occur.Should)
            with self.matcher.recorder.pause(when=prohibited):
                queries.append(self._query(item, name))
        return list(zip(occurs, queries, strict=True))

    def _query(self, node: tree.Item, name: str | None) -> Query:
        self._count += 1
        if self._count > MAX_CLAUSES:
            raise CostError(Excess.CLAUSES, "too many boolean clauses")
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            return combine(self._clauses(node, name))
        return method(node, name)

    def _ask_fields(self, name: str | None, method: str, *args: Any) -> Query:
        cost = COSTS.get(method, 0)
        if method == "wildcard" and not any(part in SIGNS for part in args[0][:-1]):
            cost = 1  # the start of a word leads straight to it
        self.matcher.spend(cost * (len(self.scope.fields) if name is None else 1))
        if name is None:
            return self.scope.query(self.matcher, method, *args)
        return getattr(self.matcher, method)(name, *args)

    def _searchfield(self, node: tree.SearchField, name: str | None) -> Query:
        if name is not None:
            raise QueryError(f"Cannot parse '{node}': a field inside a field")
        inner = node.expr
        if node.name == "*":
            if isinstance(inner, tree.Word) and inner.value == "*":
                return Query.all_query()
            raise QueryError("undefined field *")
        return self._query(inner, unescape(node.name))

    def _word(self, node: tree.Word, name: str | None) -> Query:
        if node.value == "*":
            return Query.all_query() if name is None else self.matcher.exists(name)
        parts = pattern_parts(node.value)
        if any(part in SIGNS for part in parts):
            return self._ask_fields(name, "wildcard", parts)
        return self._ask_fields(name, "term", "".join(parts))

    def _phrase(self, node: tree.Phrase, name: str | None, slop: int = 0) -> Query:
        return self._ask_fields(name, "phrase", unescape(node.value[1:-1]), slop)

    def _proximity(self, node: tree.Proximity, name: str | None) -> Query:
        return self._phrase(node.term, name, int(node.degree))

    def _fuzzy(self, node: tree.Fuzzy, name: str | None) -> Query:
        degree = float(node.degree)
        # Before Lucene 4 a similarity below 1 was given; both ask for two edits then.
        edits = int(degree) if degree >= 1 else 2
        return self._ask_fields(name, "fuzzy", unescape(node.term.value), edits)

    def _regex(self, node: tree.Regex, name: str | None) -> Query:
        return self._ask_fields(name, "regex", node.value[1:-1].replace("\\/", "/"))

    def _boost(self, node: tree.Boost, name: str | None) -> Query:
        weight = float(node.force)
        if not weight < MAX_WEIGHT:
            raise QueryError(f"Invalid boost: {node.force}")
        return boost(self._query(node.expr, name), weight)

    def _range(self, node: tree.Range, name: str | None) -> Query:
        low, high = _bound(node.low), _bound(node.high)
        return self._ask_fields(
            name,
            "range",
            # An open end has no value that could be left out.
            Bound(low, inclusive=node.include_low or low is None),
            Bound(high, inclusive=node.include_high or high is None),
        )

    def _from(self, node: tree.From, name: str | None) -> Query:
        low = Bound(_bound(node.a), inclusive=node.include)
        return self._ask_fields(name, "range", low, Bound(None, inclusive=True))

    def _to(self, node: tree.To, name: str | None) -> Query:
        high = Bound(_bound(node.a), inclusive=node.include)
        return self._ask_fields(name, "range", Bound(None, inclusive=True), high)

    def _prohibit(self, node: tree.Prohibit, name: str | None) -> Query:
        # `field:-5` is a number below zero, everything else after a minus is excluded.
        if name is not None and isinstance(node.a, tree.Word):
            return self._ask_fields(name, "term", f"-{unescape(node.a.value)}")
        with self.matcher.recorder.pause():
            return combine([(Occur.MustNot, self._query(node.a, name))])


def _read(text: str) -> tree.Item:
    return parse(spell_out(text))


_tree = lru_cache(maxsize=500)(_read)
"""Most filters of a site are the same; a tree is only looked at."""


def combine(clauses: list[Clause]) -> Query:
    """Clauses as one query; if all are exclusions, everything but them."""
    if len(clauses) == 1 and clauses[0][0] is not Occur.MustNot:
        return clauses[0][1]
    if clauses and all(occur is Occur.MustNot for occur, _ in clauses):
        clauses = [(Occur.Must, Query.all_query()), *clauses]
    return Query.boolean_query(clauses)


def spell_out(text: str) -> str:
    """The signs `&&`, `||` and `!` as the words that luqum reads; not inside quotes."""
    parts = LITERAL.split(text)
    parts[::2] = [
        NOT_SIGN.sub(r"\1NOT ", OR_SIGN.sub(" OR ", AND_SIGN.sub(" AND ", part)))
        for part in parts[::2]
    ]
    return "".join(parts)


def pattern_parts(text: str) -> list[str]:
    """A word as literal parts and the signs of SIGNS; an escaped star is a literal."""
    parts: list[str] = [""]
    characters = iter(text)
    for char in characters:
        if char == "\\":
            parts[-1] += next(characters, "\\")
        elif char in "*?":
            parts += [f"\0{char}", ""]
        else:
            parts[-1] += char
    return [part for part in parts if part]


def unescape(text: str) -> str:
    return ESCAPE.sub(r"\1", text)


def _flat(node: tree.Item, link: str = "") -> list[tuple[str, tree.Item]]:
    """Operands in the order of the text, each with the operator before it."""
    if isinstance(node, (tree.Group, tree.FieldGroup)):
        return _flat(node.expr, link)
    if not isinstance(node, tree.BaseOperation):
        return [(link, node)]
    own = OPERATORS.get(type(node), "")
    operands: list[tuple[str, tree.Item]] = []
    for i, child in enumerate(node.children):
        joint = own if i else link
        if isinstance(child, tree.BaseOperation):
            operands += _flat(child, joint)
        else:
            operands.append((joint, child))
    return operands


def _unmarked(node: tree.Item) -> tuple[tree.Item, bool, bool]:
    """What stands behind the signs + - NOT, and whether it is required or prohibited."""
    required = prohibited = False
    while isinstance(node, (tree.Plus, tree.Prohibit, tree.Not)):
        required |= isinstance(node, tree.Plus)
        prohibited ^= not isinstance(node, tree.Plus)
        node = node.a
    return node, required, prohibited


def _bound(node: tree.Item) -> str | None:
    if isinstance(node, tree.Prohibit):
        return f"-{_bound(node.a)}"
    if isinstance(node, tree.Phrase):
        return unescape(node.value[1:-1])
    if not isinstance(node, tree.Term):
        raise QueryError(f"Cannot parse '{node}': no end of a range")
    return None if node.value == "*" else unescape(node.value)
