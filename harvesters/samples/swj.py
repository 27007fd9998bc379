"""税务局: what its JSON service answers."""

from __future__ import annotations

import csv
from datetime import date, timedelta

from .entities import SHOWCASE, active, core
from .primitives import DIVISION, TODAY, data_text, dice, pick, round_to, workday
from .service import Records

AUTHORITY = "国家税务总局常州市天宁区税务局"
RATED = range(2020, 2026)
"""The years on the list; each is published in the April after it."""

FIRST_RATING = 2014
"""纳税信用管理办法（试行） came into force in 2014."""

_TAXES = {
    "10101": 40.0,
    "10102": 2.0,
    "10104": 20.0,
    "10106": 4.0,
    "10109": 12.0,
    "10110": 8.0,
    "10111": 4.0,
    "10112": 8.0,
    "10113": 2.0,
}
"""征收项目 codes: value added tax, consumption tax, enterprise income tax …"""


def _credit() -> Records:
    rng = dice("swj credit")
    streaks: dict[str, int] = {}
    records: Records = []
    for year in range(FIRST_RATING, RATED.stop):
        published = str(workday(date(year + 1, 4, 28)))
        for entity in active():
            streak = streaks.get(entity.uscc, 0)
            # Rated from the third year on; who has an A mostly keeps it.
            chance = 0.86 if streak else 0.04
            keeps = rng.random() < chance and entity.founded.year < year - 2
            if entity is core()[SHOWCASE]:
                keeps = year >= 2023
            streaks[entity.uscc] = streak + 1 if keeps else 0
            if keeps and year in RATED:
                records.append(
                    {
                        "nsrsbh": entity.uscc,
                        "pjnd": year,
                        "nsrmc": entity.name,
                        "xyjb": "1",
                        "lxnd": streak + 1,
                        "hymc": entity.industry.name,
                        "xzqh": DIVISION,
                        "zgswjg": AUTHORITY,
                        "gbrq": published,
                    }
                )
    return records


def _arrears() -> Records:
    rng = dice("swj arrears")
    records: Records = []
    quarters = [
        (year, quarter) for year in range(2022, 2027) for quarter in (1, 2, 3, 4)
    ]
    for year, quarter in quarters:
        end = date(year + quarter // 4, quarter * 3 % 12 + 1, 1) - timedelta(days=1)
        notice = workday(end + timedelta(days=20))
        if notice > TODAY:
            break
        debtors = rng.sample([e for e in active() if e.founded < end], 40)
        if (year, quarter) == (2022, 4):
            debtors[0] = core()[SHOWCASE]
        for number, debtor in enumerate(debtors, 1):
            balance = round_to(10 ** rng.uniform(3.2, 6.2), 0.01)
            fresh = balance if rng.random() < 0.3 else balance * rng.uniform(0, 0.5)
            records.append(
                {
                    "ggbh": f"QS{year}Q{quarter}-{number:05d}",
                    "nsr": {
                        "sbh": debtor.uscc,
                        "mc": debtor.name,
                        "jydd": debtor.address,
                    },
                    "qssz": pick(rng, _TAXES),
                    "qsye": balance,
                    "dqxf": round_to(fresh, 0.01),
                    "ggq": f"{year}年第{'一二三四'[quarter - 1]}季度",
                    "ggrq": f"{notice:%Y%m%d}",
                    "ggjg": AUTHORITY,
                }
            )
    return records


def _notices() -> Records:
    """Real notices of the State Taxation Administration, see data/SOURCES.md."""
    return [
        {
            "bh": row["article_id"],
            "bt": row["title"],
            "wz": row["url"],
            "fbrq": row["publish_date"],
            "ly": row["source"] or None,
        }
        for row in csv.DictReader(data_text("tax_case_notices.csv").splitlines())
    ]


ENDPOINTS = {
    "/tax/api/v1/a-credit": _credit,
    "/tax/api/v1/arrears": _arrears,
    "/tax/api/v1/case-notices": _notices,
}
