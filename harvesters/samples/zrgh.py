"""自然资源和规划局天宁分局: permits in its database, draft plans in the drop folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from .database import Row, SourceTable
from .faults import Correctable, Rows
from .files import LABEL, chinese_date, csv_bytes, full_width
from .primitives import ROADS, STREETS, TODAY, between, dice, rounded, words
from .projects import Project, numbers, reaching

AUTHORITY = "常州市自然资源和规划局天宁分局"

_LAND_USES = (
    "居住用地",
    "公共管理与公共服务用地",
    "商业服务业用地",
    "工矿用地",
    "仓储用地",
    "交通运输用地",
    "公用设施用地",
    "绿地与开敞空间用地",
)


def _land() -> Iterator[Row]:
    for station, kind in (("opinion", "1"), ("land", "2")):
        for project in reaching(station):
            yield {
                "zsbh": numbers(station)[project.code],
                "xmdm": project.code,
                "xklb": kind,
                "xmmc": project.name,
                "yddw": project.owner.name,
                "dwdm": project.owner.uscc,
                "ydwz": project.location,
                "ydmj": project.site,
                "tdyt": f"{_LAND_USES.index(project.kind.land) + 1:02d}",
                "qdfs": {"划拨": "1", "出让": "2"}[project.kind.supply],
                "fzrq": project.dates[station],
                "fzjg": AUTHORITY,
                "zt": "1",
            }


def _planning() -> Iterator[Row]:
    rng = dice("zrgh.t_gcgh")
    for project in reaching("planning"):
        floor = project.floor
        yield {
            "zsbh": numbers("planning")[project.code],
            "xmdm": project.code,
            "ydzsbh": numbers("land").get(project.code),
            "xmmc": project.name,
            "jsdw": project.owner.name,
            "dwdm": project.owner.uscc,
            "jswz": project.location,
            "jzmj": floor,
            "rjl": rounded(floor / project.site, 0.01) if floor else None,
            "jzgd": _height(project, rng.uniform(8, 24)),
            "jsgm": project.content,
            "fzrq": project.dates["planning"],
            "fzjg": AUTHORITY,
            "zt": "2" if rng.random() < 0.04 else "1",
        }


def _height(project: Project, low: float) -> float | None:
    if not project.floor:
        return None
    high = project.kind.land in ("居住用地", "商业服务业用地")
    return rounded(low * 3.4 if high else low, 0.1)


TABLES = (
    SourceTable(
        "zrgh",
        "t_ydgh",
        "建设用地规划许可（示例数据）",
        """
        zsbh  varchar(40)    证书编号
        xmdm  varchar(40)    项目统一代码
        xklb  char(1)        许可类别：1 用地预审与选址意见书 2 建设用地规划许可证
        xmmc  varchar(200)   项目名称
        yddw  varchar(120)   用地单位
        dwdm  char(18)       用地单位统一社会信用代码
        ydwz  varchar(200)   用地位置
        ydmj  numeric(14,2)  用地面积（平方米）
        tdyt  char(2)        土地用途（用地用海分类，本系统顺序码）
        qdfs  char(1)        取得方式：1 划拨 2 出让 3 租赁 4 作价出资
        fzrq  date           发证日期
        fzjg  varchar(80)    发证机关
        zt    char(1)        状态：1 有效 2 变更 3 注销 4 撤销
        """,
        _land,
    ),
    SourceTable(
        "zrgh",
        "t_gcgh",
        "建设工程规划许可（示例数据）",
        """
        zsbh    varchar(40)    证书编号
        xmdm    varchar(40)    项目统一代码
        ydzsbh  varchar(40)    用地规划许可证编号
        xmmc    varchar(200)   建设项目名称
        jsdw    varchar(120)   建设单位
        dwdm    char(18)       建设单位统一社会信用代码
        jswz    varchar(200)   建设位置
        jzmj    numeric(14,2)  建筑面积（平方米）
        rjl     numeric(6,2)   容积率
        jzgd    numeric(6,1)   建筑高度（米）
        jsgm    varchar(500)   建设规模
        fzrq    date           发证日期
        fzjg    varchar(80)    发证机关
        zt      char(1)        状态：1 有效 2 变更 3 注销 4 撤销
        """,
        _planning,
    ),
)

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
    starts = sorted(between(rng, date(2017, 1, 9), last) for _ in range(220))
    counts: Counter[int] = Counter()
    rows = []
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
                "area": rounded(rng.uniform(2, 180), 0.1),
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
