"""What every sample system is drawn from: seeded dice, codes, dates and places.

Each table has dice of its own name, so that a change in one leaves the others as they
were.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib import resources
from random import Random
from typing import Any

import yaml
from stdnum.cn import uscc as stdnum_uscc

TODAY = date(2026, 11, 1)
"""The day on which the departments exported what the sample systems hold."""

DIVISION = "320402"
"""天宁区, GB/T 2260."""

STREETS = (
    "茶山街道",
    "雕庄街道",
    "青龙街道",
    "红梅街道",
    "兰陵街道",
    "天宁街道",
    "郑陆镇",
)

ROADS = {
    "茶山街道": ("劳动中路", "清凉路", "采菱路", "光华路"),
    "雕庄街道": ("劳动东路", "中吴大道", "凤凰路", "菱溪路"),
    "青龙街道": ("龙城大道", "青洋北路", "东方东路", "河海东路"),
    "红梅街道": ("红梅北路", "竹林北路", "关河东路", "飞龙东路"),
    "兰陵街道": ("兰陵北路", "和平中路", "清潭路", "丽华北路"),
    "天宁街道": ("延陵中路", "晋陵中路", "局前街", "青果巷"),
    "郑陆镇": ("舜山路", "常焦路", "武澄路", "粮庄路"),
}

_BASE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def dice(name: str) -> Random:
    """The random numbers of one table: the same on every machine and every run."""
    return Random(f"tianning samples 1 {name}")  # noqa: S311 - made-up data


def organisation_code(body: str) -> str:
    """Eight characters and their check digit (GB 11714-1997, clause 3.3)."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(_BASE.index(c) * w for c, w in zip(body, weights, strict=True))
    digit = (11 - total % 11) % 11
    return body + ("X" if digit == 10 else str(digit))


def uscc(serial: int, *, cooperative: bool = False) -> str:
    """A 统一社会信用代码 (GB 32100-2015) that is valid, but belongs to nobody.

    Registered codes of this division do not begin with YL (样例) in their organisation
    part; `serial` has at most six digits.
    """
    kind = "93" if cooperative else "91"
    code = kind + DIVISION + organisation_code(f"YL{serial:06d}")
    return code + stdnum_uscc.calc_check_digit(code)


def agency_uscc(number: int) -> str:
    """The made-up code of a department of the district, in the order of the 目录."""
    code = "11" + DIVISION + organisation_code(f"YL9000{number:02d}")
    return code + stdnum_uscc.calc_check_digit(code)


def address(rng: Random, street: str) -> str:
    """An address on a road of the street, with a house number that no road reaches."""
    return f"天宁区{street}{rng.choice(ROADS[street])}{rng.randint(8001, 9998)}号"


def workday(day: date) -> date:
    """The day itself, or the Monday after it: offices sign nothing at weekends."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def date_between(rng: Random, first: date, last: date) -> date:
    """A working day from `first` on, at most two days after `last`."""
    return workday(first + timedelta(days=rng.randint(0, (last - first).days)))


def date_after(rng: Random, day: date, low: int, high: int) -> date:
    """A working day `low` to `high` days (and a weekend at most) after `day`."""
    return workday(day + timedelta(days=rng.randint(low, high)))


def pick(rng: Random, weighted: dict[str, float]) -> str:
    """One of the keys, drawn by its weight."""
    return rng.choices(list(weighted), list(weighted.values()))[0]


def round_to(value: float, step: float) -> float:
    """A figure as offices give it: to the next `step`, two decimals at most."""
    return round(round(value / step) * step, 2)


def data_text(name: str) -> str:
    """A file of `data/`."""
    return resources.files("gpo_samples").joinpath("data", name).read_text("utf-8")


@cache
def words(section: str) -> Any:
    """A section of `data/words.yaml`. Do not modify the result."""
    return yaml.safe_load(data_text("words.yaml"))[section]
