"""文体广电和旅游局: venues as a workbook, activities as a CSV, and one table of NBS."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from .faults import Correctable, Rows
from .files import LABEL, Area, DropFile, chinese_date, csv_bytes, xlsx_bytes
from .national import nbs_csv
from .primitives import STREETS, TODAY, address, date_between, dice, round_to, words

_STATION, _ROOM = "乡镇（街道）综合文化站", "村（社区）综合性文化服务中心"
_DISTRICT = {
    "天宁区示例图书馆": "公共图书馆",
    "天宁区示例文化馆": "文化馆",
    "天宁区示例博物馆": "博物馆",
    "天宁区示例运河陈列馆": "博物馆",
    "天宁区示例纪念馆": "纪念馆",
    "天宁区示例美术馆": "美术馆",
}
_SERVICES = {
    "公共图书馆": "图书阅览、电子阅览、讲座、展览",
    "文化馆": "多功能厅、排练厅、辅导培训",
    "博物馆": "基本陈列、临时展览、讲解",
    "纪念馆": "基本陈列、讲解",
    "美术馆": "展览、公共教育活动",
    _STATION: "图书阅览、多功能厅、文体活动室",
    _ROOM: "图书阅览、文体活动室",
}


@cache
def _venues() -> tuple[list[Any], ...]:
    """One row a venue: code, name, kind, street and what is known of it."""
    rng = dice("wglj venues")
    named = [(name, kind, rng.choice(STREETS)) for name, kind in _DISTRICT.items()]
    named += [(f"{street[:2]}示例综合文化站", _STATION, street) for street in STREETS]
    for number, place in enumerate(words("places") * 3):
        street = STREETS[number % len(STREETS)]
        name = f"{street[:2]}示例{place}社区文化服务中心"
        named.append((name, _ROOM, street))
    rows: list[list[Any]] = []
    for number, (name, kind, street) in enumerate(named, 1):
        low, high = (1500, 9000) if number <= len(_DISTRICT) else (120, 1600)
        updated = date_between(rng, date(2026, 1, 5), TODAY - timedelta(days=9))
        closed = rng.random() < 0.04
        rows.append(
            [
                f"WH320402{number:04d}",
                name,
                kind,
                street,
                address(rng, street),
                f"0519-0000{2000 + number}",
                "周二至周日 9:00—17:00"
                if kind in _DISTRICT.values()
                else "每日 9:00—20:30",
                _SERVICES[kind],
                "无障碍通道、盲文阅览"
                if "图书" in kind
                else rng.choice(("无障碍通道", "")),
                round_to(rng.uniform(low, high), 1),
                "设备检修，暂停开放" if closed else "",
                chinese_date(updated + timedelta(days=20)) if closed else "",
                updated,
            ]
        )
    return tuple(rows)


def _venue_book() -> bytes:
    head = [
        [f"公共文化机构免费开放信息表{LABEL}"],
        ["填报单位：天宁区文体广电和旅游局", *[""] * 11, "填报日期：2026年11月"],
        [
            "机构编号",
            "机构名称",
            "类型",
            "所属街道（镇）",
            "地址",
            "电话",
            "开放信息",
            "",
            "",
            "",
        ]
        + ["临时停止开放", "", "信息更新日期"],
        [*[""] * 6, "开放时间", "免费开放项目", "特殊群体服务", "建筑面积（平方米）"]
        + ["停止开放信息", "恢复开放日期", ""],
    ]
    merges: list[Area] = [(0, 0, 0, 12), (2, 6, 2, 9), (2, 10, 2, 11)]
    merges += [(2, column, 3, column) for column in (0, 1, 2, 3, 4, 5, 12)]
    rows = [[*row[:-1], f"{row[-1]:%Y.%m.%d}"] for row in _venues()]
    # A blank line between the venues of the district and those of the streets.
    rows.insert(len(_DISTRICT), [])
    note = ["注：临时停止开放的，恢复后及时更新。"]
    return xlsx_bytes("免费开放", [*head, *rows, [], note], merges)


_ACTIVITY = {
    "number": "活动编号",
    "venue": "机构编号",
    "name": "活动名称",
    "kind": "活动类型",
    "start": "开始日期",
    "end": "结束日期",
    "time": "开始时间",
    "organizer": "主办单位",
    "audience": "面向对象",
    "fee": "收费情况",
    "capacity": "可容纳人数",
    "attendance": "参加人次",
    "status": "活动状态",
}


def _activities() -> Rows:
    rng = dice("wglj activities")
    last = TODAY + timedelta(days=40)
    days = sorted(date_between(rng, date(2017, 1, 9), last) for _ in range(900))
    counts: Counter[int] = Counter()
    rows: Rows = []
    for day in days:
        counts[day.year] += 1
        venue = rng.choice(_venues())
        sort = rng.choice(words("activities"))
        capacity = rng.choice((30, 50, 80, 120, 200, 300))
        length = rng.randint(10, 30) if sort["kind"] == "展览" else 0
        has_ended = day + timedelta(days=length) < TODAY
        cancelled = rng.random() < 0.03
        rows.append(
            {
                "number": f"HD{day.year}{counts[day.year]:04d}",
                "venue": venue[0],
                "name": f"{venue[3][:2]}示例{rng.choice(sort['names'])}",
                "kind": sort["kind"],
                "start": day,
                "end": day + timedelta(days=length),
                "time": rng.choice(("09:00", "09:30", "14:00", "15:00", "19:00")),
                "organizer": "天宁区示例文化馆" if rng.random() < 0.3 else venue[1],
                "audience": rng.choice(("全体市民", "全体市民", "少年儿童", "老年人")),
                "fee": "免费",
                "capacity": capacity,
                "attendance": ""
                if cancelled or not has_ended
                else int(capacity * rng.uniform(0.4, 1)),
                "status": "取消" if cancelled else "已举办" if has_ended else "预告",
            }
        )
    return rows


def _spoil(rows: Rows) -> None:
    rows[12]["start"] = "2017年2月30日"
    rows[90]["name"] = ""
    rows[221]["number"] = rows[220]["number"]
    # A venue that was closed down and is in no list any more.
    rows[305]["venue"] = "WH3204029901"
    rows[470]["capacity"] = "约300人"
    rows[655]["kind"] = "其他"


def _write(rows: Rows) -> bytes:
    cells: list[list[Any]] = [[f"群众文化活动台账{LABEL}"], list(_ACTIVITY.values())]
    for row in rows:
        row_cells = [
            chinese_date(v) if isinstance(v, date) else v for v in row.values()
        ]
        cells.append(row_cells)
    cells += [[], ["说明：预告的活动以当日公告为准。"]]
    return csv_bytes(cells, "gb18030")


FILES = (
    DropFile("wglj/公共文化机构免费开放信息表（示例数据）.xlsx", _venue_book),
    DropFile(
        "wglj/公共图书馆基本情况.csv",
        partial(nbs_csv, "public_library_statistics", "utf-8"),
    ),
)

CORRECTABLE = (
    Correctable(
        "culture_activities",
        _activities,
        _spoil,
        "wglj/群众文化活动台账（示例数据）.csv",
        _write,
    ),
)
