"""司法局: what its JSON service answers, and one table of NBS in the drop folder."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import partial

from .faults import Correctable, Rows
from .files import DropFile
from .national import nbs_csv
from .primitives import STREETS, TODAY, address, date_between, dice, round_to, words
from .service import Records

_HOURS = "工作日 9:00—12:00 13:00—17:00"


def _venues() -> Records:
    rng = dice("sfj venues")
    named = [("天宁区示例公共法律服务中心", "1", STREETS[5])]
    named += [(f"{s[:2]}示例公共法律服务工作站", "2", s) for s in STREETS]
    for number, place in enumerate(words("places") * 3):
        street = STREETS[number % len(STREETS)]
        named.append((f"{street[:2]}示例{place}社区公共法律服务工作室", "3", street))
    services = {
        "1": "法律咨询、法律援助、人民调解、公证指引、行政复议指引",
        "2": "法律咨询、法律援助、人民调解",
        "3": "法律咨询、人民调解",
    }
    return [
        {
            "ptbh": f"FL320402{number:04d}",
            "ptmc": name,
            "ptcj": level,
            "ssjd": street,
            "dz": address(rng, street),
            "lxdh": f"0519-0000{3000 + number}",
            "rx": "12348",
            "fwsj": _HOURS,
            "fwnr": services[level],
            "cks": {"1": 8, "2": 2, "3": 1}[level],
            "wza": "1" if level != "3" or rng.random() < 0.6 else "0",
            "gxrq": str(date_between(rng, date(2026, 1, 5), TODAY - timedelta(days=9))),
        }
        for number, (name, level, street) in enumerate(named, 1)
    ]


def _aid() -> Records:
    rng = dice("sfj aid")
    months = [(year, month) for year in range(2018, 2027) for month in range(1, 13)]
    records: Records = []
    for year, month in months:
        if date(year, month, 28) > TODAY:
            break
        for category, low, high in (("1", 40, 95), ("2", 25, 60), ("3", 0, 4)):
            applied = rng.randint(low, high)
            refused = rng.randint(0, applied // 12)
            helped = applied - refused
            people = helped + rng.randint(0, helped // 4 + 1)
            closed = round_to(helped * rng.uniform(0.7, 1), 1)
            records.append(
                {
                    "ny": f"{year}{month:02d}",
                    "ajlb": category,
                    "sqs": applied,
                    "jys": helped,
                    "bys": refused,
                    "bjs": int(closed),
                    "syrs": people,
                    "nmg": rng.randint(0, people // 2) if category == "1" else 0,
                    "cjr": rng.randint(0, people // 10),
                    "lnr": rng.randint(0, people // 6),
                    "wcnr": rng.randint(0, people // 8),
                    "bt": round_to(closed * 0.12, 0.01),
                }
            )
    return records


def _fees() -> Rows:
    rows: Rows = []
    for group in words("notary_fees"):
        for number, (name, price) in enumerate(group["items"].items(), 1):
            by_value = isinstance(price, str)
            rows.append(
                {
                    "xmbm": f"GZ0{group['kind']}{number:02d}",
                    "gzlb": group["kind"],
                    "xmmc": name,
                    "jffs": "2" if by_value else "1",
                    "jfdw": "标的额" if by_value else "件",
                    "sfbz": None if by_value else price,
                    "sfbl": price if by_value else None,
                    "zdsf": 200 if by_value else None,
                    "djfs": "3" if group["kind"] == "6" else "1",
                    "sfyj": "示例价〔2025〕1号",
                    "zxrq": "2025-01-01",
                    "jmgd": "符合法律援助条件的免收",
                }
            )
    return rows


def _spoil(rows: Rows) -> None:
    rows[1]["sfbz"] = "80元/件"
    rows[6]["gzlb"] = "9"
    rows[8]["sfbz"] = "面议"
    rows[12]["zxrq"] = "2025年起"
    rows[20]["djfs"] = "7"
    rows[23]["sfbl"] = "30"


def _write(rows: Rows) -> bytes:
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


ENDPOINTS = {
    "/legal/api/v1/venues": _venues,
    "/legal/api/v1/aid-cases": _aid,
}

NOTARY_FEES = Correctable(
    "notary_fees", _fees, _spoil, "sfj/service/notary_fees.json", _write
)
CORRECTABLE = (NOTARY_FEES,)

FILES = (
    DropFile(
        "sfj/律师、公证和调解工作基本情况.csv",
        partial(nbs_csv, "lawyers_notaries_mediation", "gb18030"),
    ),
)
