"""自然资源和规划局天宁分局: draft plans on view, a CSV in the drop folder."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from .faults import Correctable, Rows
from .files import LABEL, chinese_date, csv_bytes, full_width
from .primitives import ROADS, STREETS, TODAY, date_between, dice, round_to, words
from .zrgh import AUTHORITY

_PUBLICITY = {
    "number": "公示编号",
    "plan": "规划名称",
    "kind": "规划类别",
    "compiler": "组织编制机关",
    "range": "规划范围",
    "area": "规划面积（公顷）",
    "start": "公示开始日期",
    "end": "公示结束日期",
    "days": "公示天数",
    "venue": "公示地点",
    "feedback": "意见反馈方式",
    "phone": "咨询电话",
    "status": "公示状态",
}


def _publicity() -> Rows:
    rng = dice("zrgh publicity")
    last = TODAY - timedelta(days=9)
    starts = sorted(date_between(rng, date(2017, 1, 9), last) for _ in range(220))
    counts: Counter[int] = Counter()
    rows: Rows = []
    for start in starts:
        counts[start.year] += 1
        street = rng.choice(STREETS)
        kind = rng.choice(("详细规划", "专项规划", "修建性详细规划", "规划条件变更"))
        days = rng.choice((30, 30, 30, 35, 40, 60))
        end = start + timedelta(days=days - 1)
        east, south = rng.sample(ROADS[street], 2)
        closed = "已批复" if rng.random() < 0.7 else "已结束"
        rows.append(
            {
                "number": f"GS{start.year}{counts[start.year]:04d}",
                "plan": f"{street[:2]}示例{rng.choice(words('places'))}片区{kind}",
                "kind": kind,
                "compiler": "常州市天宁区人民政府" if kind == "详细规划" else AUTHORITY,
                "range": f"东至{east}，南至{south}（示例）",
                "area": round_to(rng.uniform(2, 180), 0.1),
                "start": start,
                "end": end,
                "days": days,
                "venue": "区规划展示室、区政府网站",
                "feedback": "书面意见寄送规划编制科",
                "phone": f"0519-0000{rng.randint(1000, 9999)}",
                "status": closed if end < TODAY else "公示中",
            }
        )
    return rows


def _spoil(rows: Rows) -> None:
    short = rows[17]
    short["days"], short["end"] = 21, short["start"] + timedelta(days=20)
    swapped = rows[58]
    swapped["start"], swapped["end"] = swapped["end"], swapped["start"]
    swapped["days"] = 2 - swapped["days"]
    rows[101]["number"] = rows[100]["number"]
    rows[140]["kind"] = "控规"
    rows[175]["phone"] = "总机转规划科"


def _write(rows: Rows) -> bytes:
    cells: list[list[Any]] = [[f"规划草案批前公示情况一览表{LABEL}"], []]
    cells.append(list(_PUBLICITY.values()))
    for number, row in enumerate(rows):
        days = full_width(row["days"]) if number % 9 == 4 else row["days"]
        start, end = chinese_date(row["start"]), chinese_date(row["end"])
        cells.append(list({**row, "start": start, "end": end, "days": days}.values()))
    cells += [[], ["注：草案公告的时间不少于三十日（城乡规划法第二十六条）。"]]
    return csv_bytes(cells, "gb18030")


CORRECTABLE = (
    Correctable(
        "plan_publicity",
        _publicity,
        _spoil,
        "zrgh/规划草案批前公示一览表（示例数据）.csv",
        _write,
    ),
)
