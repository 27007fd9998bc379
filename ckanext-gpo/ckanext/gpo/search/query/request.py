"""The parameters of a search, as pysolr takes them, read and checked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, cast

from ckanext.gpo.search.errors import CostError, Excess, QueryError
from ckanext.gpo.search.index import UNPRINTABLE
from ckanext.gpo.search.scoring import TIERS, SortKeys, Tier, parse_sort, read_tiers

from .highlight_request import HighlightRequest, read_highlight

MAX_LENGTHS = {"q": 10_000, "fq": 100_000, "mm": 200}
"""Characters; Solr's limit is the number of clauses only, this one is for the time that
reading takes. CKAN lists in a filter all that a person may see, so it may be longer."""

MAX_VALUES = 200
"""How often one parameter may be given."""

MAX_LENGTH = 2_000
"""Characters of any other parameter."""


@dataclass(frozen=True)
class FacetRequest:
    """Fields whose values are counted, how many values, and from which count on.

    As CKAN never says in which order, they come by their counts where `limit` cuts, else
    by themselves.
    """

    fields: tuple[str, ...] = ()
    limit: int = 100
    mincount: int = 0

    @property
    def by_count(self) -> bool:
        return self.limit > 0


@dataclass(frozen=True)
class Request:
    """A search."""

    q: str
    fq: tuple[str, ...]
    start: int
    rows: int
    sort: SortKeys
    fl: tuple[str, ...]
    facet: FacetRequest
    highlight: HighlightRequest | None = None
    def_type: str = "lucene"
    qf: str = ""
    mm: str = "100%"
    tie: float = 0.0
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
        sort=parse_sort(_string("sort", params)),
        fl=_field_list(params.get("fl")),
        facet=_facet(params),
        highlight=read_highlight(params),
        def_type=_string("defType", params) or "lucene",
        qf=_string("qf", params),
        mm=_string("mm", params) or "100%",
        tie=_decimal("tie", params.get("tie")),
        bf=tuple(_list("bf", params.get("bf"))),
        boost=tuple(_list("boost", params.get("boost"))),
        df=_string("df", params) or "text",
        all_required=str(params.get("q.op", "OR")).upper() == "AND",
        tiers=read_tiers(str(params.get(TIERS) or "")),
    )


def _facet(params: dict[str, Any]) -> FacetRequest:
    if str(params.get("facet", "false")).lower() not in ("true", "on", "1", "yes"):
        return FacetRequest()
    return FacetRequest(
        tuple(_list("facet.field", params.get("facet.field"))),
        _integer("facet.limit", params.get("facet.limit"), 100),
        _integer("facet.mincount", params.get("facet.mincount"), 0),
    )


def _text(name: str, value: Any) -> str:
    text = UNPRINTABLE.sub(" ", str(value))
    if len(text) >= MAX_LENGTHS[name]:
        raise _too_long(name, MAX_LENGTHS[name])
    return text


def _string(name: str, params: dict[str, Any]) -> str:
    text = str(params.get(name) or "")
    most = MAX_LENGTHS.get(name, MAX_LENGTH)
    if len(text) >= most:
        raise _too_long(name, most)
    return text


def _too_long(name: str, length: int) -> CostError:
    return CostError(Excess.LENGTH, f"{name} has {length} characters or more")


def _list(name: str, value: Any) -> list[str]:
    if value is None:
        return []
    several = isinstance(value, (list, tuple))
    values = [str(v) for v in cast("list[Any]", value)] if several else [str(value)]
    if len(values) > MAX_VALUES:
        reason = f"{name} is given more than {MAX_VALUES} times"
        raise CostError(Excess.VALUES, reason)
    return values


def _texts(name: str, value: Any) -> tuple[str, ...]:
    """Lucene queries; all of one parameter are as long as one may be."""
    texts = tuple(_text("fq", text) for text in _list(name, value) if text.strip())
    if sum(map(len, texts)) >= MAX_LENGTHS["fq"]:
        raise _too_long(name, MAX_LENGTHS["fq"])
    return texts


def _field_list(value: Any) -> tuple[str, ...]:
    names = " ".join(_list("fl", value))
    return tuple(_string("fl", {"fl": names}).replace(",", " ").split()) or ("*",)


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
