"""The parameters of a search, as pysolr takes them, read and checked."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from .errors import QueryError
from .highlighting import Highlight, read_highlight
from .tiers import TIERS, Tier, read_tiers

SORT = re.compile(r"\s*(?P<field>[^\s,]+)\s+(?P<order>asc|desc)\s*", re.IGNORECASE)
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

MAX_LENGTHS = {"q": 10_000, "fq": 100_000}
"""Characters; Solr's limit is the number of clauses only, this one is for the time that
reading takes. CKAN lists in a filter all that a person may see, so it may be longer."""


MAX_VALUES = 200
"""How often one parameter may be given, and how many keys there may be to sort by."""


@dataclass(frozen=True)
class SortKey:
    """A field, or `score`, and the direction."""

    field: str
    descending: bool


@dataclass(frozen=True)
class FacetRequest:
    """Fields whose values are counted, how many values, and from which count on.

    `by_count` is the order of the values: by their counts, or else by themselves.
    `queries` are counted too, each among the matches of the main query.
    """

    fields: tuple[str, ...] = ()
    limit: int = 100
    mincount: int = 0
    by_count: bool = True
    queries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """A search."""

    q: str
    fq: tuple[str, ...]
    start: int
    rows: int
    sort: tuple[SortKey, ...]
    fl: tuple[str, ...]
    facet: FacetRequest
    highlight: Highlight | None = None
    def_type: str = "lucene"
    qf: str = ""
    mm: str = "100%"
    tie: float = 0.0
    pf: str = ""
    ps: int = 0
    bq: tuple[str, ...] = ()
    bf: tuple[str, ...] = ()
    boost: tuple[str, ...] = ()
    df: str = "text"
    all_required: bool = False
    tiers: tuple[Tier, ...] = ()
    """How exactly results of plain words may fit; what is found decides if it is empty."""


def read_request(q: str, params: dict[str, Any]) -> Request:
    """Read pysolr's keyword arguments.

    :raises QueryError: a value is not one, or asks for what the engine does not do
    """
    return Request(
        q=_text("q", q),
        fq=_texts("fq", params.get("fq")),
        start=_natural("start", params.get("start"), 0),
        rows=_natural("rows", params.get("rows"), 10),
        sort=parse_sort(str(params.get("sort") or "")),
        fl=_field_list(params.get("fl")),
        facet=_facet(params),
        highlight=read_highlight(params),
        def_type=str(params.get("defType") or "lucene"),
        qf=str(params.get("qf") or ""),
        mm=str(params.get("mm") or "100%"),
        tie=_decimal("tie", params.get("tie")),
        pf=str(params.get("pf") or ""),
        ps=_natural("ps", params.get("ps"), 0),
        bq=_texts("bq", params.get("bq")),
        bf=tuple(_list("bf", params.get("bf"))),
        boost=tuple(_list("boost", params.get("boost"))),
        df=str(params.get("df") or "text"),
        all_required=str(params.get("q.op", "OR")).upper() == "AND",
        tiers=read_tiers(str(params.get(TIERS) or "")),
    )


def parse_sort(text: str) -> tuple[SortKey, ...]:
    """`score desc, metadata_modified desc`.

    :raises QueryError: in Solr's words, which CKAN looks for
    """
    keys: list[SortKey] = []
    for part in filter(str.strip, text.split(",")):
        match = SORT.fullmatch(part)
        if not match:
            raise QueryError(
                f"Can't determine a Sort Order (asc or desc) in sort spec '{text}'"
            )
        keys.append(SortKey(match["field"], match["order"].lower() == "desc"))
    if len(keys) > MAX_VALUES:
        raise QueryError(f"more than {MAX_VALUES} keys to sort by")
    return tuple(keys) or (SortKey("score", descending=True),)


def _facet(params: dict[str, Any]) -> FacetRequest:
    if str(params.get("facet", "false")).lower() not in ("true", "on", "1", "yes"):
        return FacetRequest()
    limit = _integer("facet.limit", params.get("facet.limit"), 100)
    order = params.get("facet.sort")
    if order not in (None, "", "count", "index"):
        raise QueryError(f"facet.sort is neither count nor index: {order!r}")
    return FacetRequest(
        tuple(_list("facet.field", params.get("facet.field"))),
        limit,
        _integer("facet.mincount", params.get("facet.mincount"), 0),
        # Without the parameter Solr sorts by count only where it also cuts.
        order == "count" if order else limit > 0,
        _texts("facet.query", params.get("facet.query")),
    )


def _text(name: str, value: Any) -> str:
    text = UNPRINTABLE.sub(" ", str(value))
    if len(text) >= MAX_LENGTHS[name]:
        raise QueryError(f"{name} has {MAX_LENGTHS[name]} characters or more")
    return text


def _list(name: str, value: Any) -> list[str]:
    if value is None:
        return []
    found = (
        [str(v) for v in value] if isinstance(value, (list, tuple)) else [str(value)]
    )
    if len(found) > MAX_VALUES:
        raise QueryError(f"{name} is given more than {MAX_VALUES} times")
    return found


def _texts(name: str, value: Any) -> tuple[str, ...]:
    """Lucene queries; all of one parameter are as long as one may be."""
    found = tuple(_text("fq", text) for text in _list(name, value) if text.strip())
    if sum(map(len, found)) >= MAX_LENGTHS["fq"]:
        raise QueryError(f"{name} has {MAX_LENGTHS['fq']} characters or more")
    return found


def _field_list(value: Any) -> tuple[str, ...]:
    return tuple(" ".join(_list("fl", value)).replace(",", " ").split()) or ("*",)


def _integer(name: str, value: Any, default: int) -> int:
    try:
        return default if value in (None, "") else int(value)
    except (ValueError, TypeError, OverflowError) as error:
        raise QueryError(f"{name} is not a number: {value!r}") from error


def _natural(name: str, value: Any, default: int) -> int:
    number = _integer(name, value, default)
    if number < 0:
        raise QueryError(f"'{name}' parameter cannot be negative")
    return number


def _decimal(name: str, value: Any) -> float:
    try:
        number = float(value or 0)
    except (ValueError, TypeError, OverflowError) as error:
        raise QueryError(f"{name} is not a number: {value!r}") from error
    if not math.isfinite(number):
        raise QueryError(f"{name} is not a number: {value!r}")
    return number
