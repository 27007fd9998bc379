"""The enterprises of the district: the root of the enterprise chain.

All are made up: 示例 stands in every name, and the codes are those of
`primitives.uscc`. Individual businesses are left out, as in the Data Package.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from .primitives import STREETS, TODAY, address, date_between, dice, pick, uscc, words

TOTAL = 53_200
CORE = 6_000
"""Only the first ones occur in other tables, so that a system can do without the rest."""

LIMITED, STATE_OWNED, BRANCH, COOPERATIVE = "1130", "3100", "2000", "9100"
ACTIVE = "1"


@dataclass(frozen=True)
class Industry:
    """A division of GB/T 4754—2017 with its section, weight and the words of a name."""

    section: str
    name: str
    weight: float
    trades: list[str]
    scope: str


_KINDS = {
    LIMITED: 88.0,
    "1210": 1.0,
    STATE_OWNED: 0.5,
    "4540": 3.0,
    "4530": 2.0,
    "5000": 1.5,
    COOPERATIVE: 0.5,
    BRANCH: 3.5,
}
_SUFFIX = {
    "1210": "股份有限公司",
    "4540": "经营部",
    "4530": "合伙企业（有限合伙）",
    COOPERATIVE: "专业合作社",
    BRANCH: "有限公司天宁分公司",
}
_STATUS = {ACTIVE: 80.0, "2": 4.0, "3": 14.0, "4": 2.0}


@dataclass(frozen=True)
class Entity:
    """One enterprise as the register knows it; dates never lie after TODAY."""

    uscc: str
    name: str
    kind: str
    industry: Industry
    capital: float | None
    founded: date
    approved: date
    term_end: date | None
    status: str
    street: str
    address: str


SHOWCASE = 0
"""The enterprise that occurs at every station of the enterprise chain."""

OWNER, CONTRACTOR, SUPERVISOR, AGENCY, LABORATORY = 1, 2, 3, 4, 5
"""Those of the showcase project, and the laboratory of the food samples."""


def entities() -> Iterator[Entity]:
    """All enterprises of the district, always in the same order."""
    rng = dice("entities")
    industries = {item["name"]: Industry(**item) for item in words("industries")}
    named = words("enterprises")
    for serial, entry in enumerate(named, 1):
        trade = industries[entry["industry"]]
        own: dict[str, Any] = {**entry, "industry": trade, "status": ACTIVE}
        yield _entity(rng, serial, **own)
    names = {entry["name"] for entry in named}
    weights = [industry.weight for industry in industries.values()]
    for serial in range(len(named) + 1, TOTAL + 1):
        kind = pick(rng, _KINDS)
        industry = rng.choices(list(industries.values()), weights)[0]
        if kind == COOPERATIVE:
            industry = industries["农业"]
        name = _name(rng, industry, kind)
        while name in names:
            name = _name(rng, industry, kind)
        names.add(name)
        # More were founded in later years than in earlier ones.
        founded = TODAY - timedelta(days=int(rng.triangular(20, 365 * 33, 20)))
        yield _entity(
            rng,
            serial,
            name=name,
            industry=industry,
            kind=kind,
            founded=founded,
            street=rng.choice(STREETS),
            status=pick(rng, _STATUS),
        )


def _name(rng: Random, industry: Industry, kind: str) -> str:
    sign = "".join(rng.choices(words("syllables"), k=2))
    return f"常州示例{sign}{rng.choice(industry.trades)}{_SUFFIX.get(kind, '有限公司')}"


def _entity(
    rng: Random,
    serial: int,
    *,
    name: str,
    industry: Industry,
    kind: str,
    founded: date,
    street: str,
    status: str,
) -> Entity:
    capital = None
    if kind != BRANCH:
        capital = float(rng.choice((3, 10, 30, 50, 50, 100, 100, 200, 500, 1000, 5000)))
    years = rng.choice((0, 0, 0, 40, 40, 50))
    return Entity(
        uscc=uscc(serial, cooperative=kind == COOPERATIVE),
        name=name,
        kind=kind,
        industry=industry,
        capital=capital,
        founded=founded,
        approved=date_between(rng, founded, TODAY - timedelta(days=9)),
        term_end=founded + timedelta(days=int(365.25 * years) - 1) if years else None,
        status=status,
        street=street,
        address=address(rng, street),
    )


@cache
def core() -> tuple[Entity, ...]:
    """The enterprises that other tables may name."""
    return tuple(islice(entities(), CORE))


@cache
def active(*industries: str) -> tuple[Entity, ...]:
    """Those of the core that are in business, of the named industries or of all."""
    return tuple(
        entity
        for entity in core()
        if entity.status == ACTIVE
        and entity.kind not in (BRANCH, COOPERATIVE)
        and (not industries or entity.industry.name in industries)
    )


def founded_before(rng: Random, day: date, *industries: str) -> Entity:
    """One of `active(*industries)` that existed on the day."""
    candidates = active(*industries)
    while True:
        entity = rng.choice(candidates)
        if entity.founded < day:
            return entity
