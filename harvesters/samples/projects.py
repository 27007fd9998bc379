"""The construction projects of the district: the root of the project chain.

A project passes its stations in causal order (site opinion, approval, land permit,
planning permit, environmental assessment, tender, construction permit, safety
supervision, completion); the departments' modules turn stations into their records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from string import Template

from .entities import (
    CONTRACTOR,
    OWNER,
    SUPERVISOR,
    Entity,
    core,
    founded_before,
)
from .primitives import (
    DIVISION,
    ROADS,
    STREETS,
    TODAY,
    address,
    date_after,
    date_between,
    dice,
    round_to,
    words,
)

SHOWCASE_CODE = "2017-320402-48-01-500001"
"""The project that is complete in all stations."""

_SHOWCASE_DATES = {
    "opinion": date(2017, 2, 22),
    "approval": date(2017, 5, 16),
    "land": date(2017, 6, 27),
    "planning": date(2017, 8, 3),
    "eia": date(2017, 8, 31),
    "opening": date(2017, 10, 10),
    "bid": date(2017, 10, 24),
    "construction": date(2017, 11, 16),
    "supervision": date(2017, 11, 20),
    "start": date(2017, 11, 27),
    "acceptance": date(2019, 9, 18),
    "completion": date(2019, 9, 27),
}

YEARS = range(2015, 2027)
PER_YEAR = 150


@dataclass(frozen=True)
class Kind:
    """What is built: see `projects` in data/words.yaml."""

    weight: float
    name: str
    category: str
    industry: str
    code: str
    way: str
    land: str
    structure: str
    investment: tuple[float, float]
    content: str
    supply: str = ""
    floor: tuple[float, float] | None = None
    length: bool = False
    eia: str = "登记表"


@dataclass(frozen=True)
class Project:
    """One project; `dates` has only the stations that it reached, none after TODAY."""

    code: str
    name: str
    kind: Kind
    owner: Entity
    contractor: Entity
    supervisor: Entity
    street: str
    location: str
    content: str
    investment: float
    floor: float | None
    site: float
    days: int
    dates: dict[str, date]

    @property
    def price(self) -> float:
        """The contract price of the works, 万元: four fifths of the investment."""
        return round_to(self.investment * 0.8, 0.01)


@cache
def projects() -> tuple[Project, ...]:
    """All projects, in the order of their codes."""
    rng = dice("projects")
    kinds = [Kind(**item) for item in words("projects")]
    weights = [kind.weight for kind in kinds]
    projects: list[Project] = []
    for year in YEARS:
        last = min(date(year, 12, 28), TODAY - timedelta(days=9))
        days = sorted(
            date_between(rng, date(year, 1, 5), last) for _ in range(PER_YEAR)
        )
        for serial, day in enumerate(days, 500001):
            if year == 2017 and serial == 500001:
                projects.append(_project(rng, kinds[0], serial, _SHOWCASE_DATES))
            else:
                kind = rng.choices(kinds, weights)[0]
                projects.append(_project(rng, kind, serial, _dates(rng, kind, day)))
    return tuple(projects)


def _dates(rng: Random, kind: Kind, approval: date) -> dict[str, date]:
    """When the project passed its stations, up to where it stands today."""
    days: dict[str, date] = {}
    if kind.land and kind.way != "03":
        days["opinion"] = date_after(rng, approval, -90, -30)
    days["approval"] = day = approval
    if kind.land:
        days["land"] = day = date_after(rng, day, 20, 90)
    for name, low, high in (
        ("planning", 25, 90),
        ("eia", 10, 60),
        ("opening", 15, 60),
        ("bid", 10, 20),
        ("construction", 10, 40),
        ("supervision", 1, 6),
        ("start", 3, 10),
        ("acceptance", 200, 900),
        ("completion", 4, 13),
    ):
        days[name] = day = date_after(rng, day, low, high)
    # Some stop on the way: given up, or waiting for land or money.
    stop = rng.choice(list(days)[3:]) if rng.random() < 0.2 else None
    reached: dict[str, date] = {}
    for name, day in days.items():
        if name == stop or day > TODAY - timedelta(days=4):
            break
        reached[name] = day
    return reached


def _project(rng: Random, kind: Kind, serial: int, dates: dict[str, date]) -> Project:
    approval = dates["approval"]
    street = rng.choice(STREETS)
    low, high = kind.investment
    investment = round_to(low * (high / low) ** rng.random(), 0.01)
    floor = None
    if kind.floor:
        floor = round_to(rng.uniform(*kind.floor), 0.01)
    length = round_to(rng.uniform(0.3, 4.2), 0.1)
    name = Template(kind.name).substitute(word=rng.choice(words("places")))
    content = Template(kind.content).substitute(area=floor or "", length=length)
    days = rng.randint(18, 90) * 10
    if "acceptance" in dates:
        days = (dates["acceptance"] - dates["start"]).days + rng.randint(-20, 20)
    start = approval - timedelta(days=300)
    showcase = dates is _SHOWCASE_DATES
    if showcase:
        owner, contractor, supervisor = (
            core()[number] for number in (OWNER, CONTRACTOR, SUPERVISOR)
        )
    else:
        owner = _owner(rng, kind, start)
        contractor = founded_before(rng, start, "房屋建筑业", "土木工程建筑业")
        supervisor = founded_before(rng, start, "专业技术服务业")
    return Project(
        code=f"{approval.year}-{DIVISION}-{kind.code}-{kind.way}-{serial}",
        name=f"{street[:2]}{name}",
        kind=kind,
        owner=owner,
        contractor=contractor,
        supervisor=supervisor,
        street=street,
        location=_location(rng, kind, street),
        content=content,
        investment=investment,
        floor=floor,
        site=round_to((floor or length * 24000) * rng.uniform(0.5, 1.1), 0.1),
        days=max(days, 60),
        dates=dates,
    )


def _owner(rng: Random, kind: Kind, day: date) -> Entity:
    """The district's own company, or an enterprise of the trade."""
    if kind.way != "03":
        return core()[OWNER]
    trade = kind.industry if kind.industry != "装卸搬运和仓储业" else "道路运输业"
    return founded_before(rng, day, trade)


def _location(rng: Random, kind: Kind, street: str) -> str:
    if kind.length:
        first, second = rng.sample(ROADS[street], 2)
        return f"天宁区{street}{first}至{second}（示例）"
    return address(rng, street)


def reaching(station: str) -> list[Project]:
    """The projects that reached the station, by its date."""
    matches = [project for project in projects() if station in project.dates]
    return sorted(matches, key=lambda project: (project.dates[station], project.code))
