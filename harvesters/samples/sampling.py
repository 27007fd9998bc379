"""市场监督管理局: the food samples, which its laboratory sends as a CSV."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from .entities import LABORATORY, SHOWCASE, active, core
from .faults import Correctable, Rows
from .files import LABEL, csv_bytes
from .primitives import TODAY, date_after, date_between, dice, uscc, words

_COLUMNS = {
    "number": "抽样编号",
    "uscc": "被抽样单位统一社会信用代码",
    "operator": "被抽样单位名称",
    "address": "被抽样单位地址",
    "food": "食品名称",
    "category": "食品分类",
    "specification": "规格型号",
    "producer": "标称生产企业名称",
    "produced": "生产日期",
    "sampled": "抽样日期",
    "conclusion": "检验结论",
    "failed": "不合格项目",
    "laboratory": "检验机构",
    "notice": "公告日期",
}


def _samples() -> Rows:
    rng = dice("scjg food_sampling")
    last = TODAY - timedelta(days=75)
    days = sorted(date_between(rng, date(2023, 1, 9), last) for _ in range(640))
    shops = active("餐饮业", "零售业", "食品制造业")
    makers = active("食品制造业")
    counts: Counter[int] = Counter()
    rows: Rows = []
    for position, day in enumerate(days):
        counts[day.year] += 1
        shop = rng.choice([s for s in shops if s.founded < day])
        if position == 320:
            shop = core()[SHOWCASE]
        food = rng.choice(words("foods"))
        loose = food["category"] in ("餐饮食品", "食用农产品")
        failed = rng.random() < 0.028
        name = rng.choice(food["names"])
        rows.append(
            {
                "number": f"XBJ{day:%y}320402{counts[day.year]:09d}",
                "uscc": shop.uscc,
                "operator": shop.name,
                "address": shop.address,
                "food": name if loose else f"示例牌{name}",
                "category": food["category"],
                "specification": food["spec"],
                "producer": "" if loose else rng.choice(makers).name,
                "produced": "" if loose else date_after(rng, day, -120, -10),
                "sampled": day,
                "conclusion": "不合格" if failed else "合格",
                "failed": food["failed"] if failed else "",
                "laboratory": core()[LABORATORY].name,
                "notice": date_after(rng, day, 25, 60),
            }
        )
    return rows


def _spoil(rows: Rows) -> None:
    # Of an enterprise that the district's register does not know.
    rows[44]["uscc"] = uscc(999_001)
    # Two characters of the code changed places.
    code = rows[133]["uscc"]
    rows[133]["uscc"] = code[:13] + code[14] + code[13] + code[15:]
    rows[210]["conclusion"] = "复检中"
    rows[301]["sampled"] = "2024-02-30"
    rows[388]["number"] = rows[387]["number"]
    rows[512]["food"] = ""


def _write(rows: Rows) -> bytes:
    cells: list[list[Any]] = [[f"食品安全监督抽检结果汇总{LABEL}"]]
    cells.append(list(_COLUMNS.values()))
    cells += [list(row.values()) for row in rows]
    cells.append(["合计", "", f"{len(rows)}批次"])
    return csv_bytes(cells, "utf-8-sig")


CORRECTABLE = (
    Correctable(
        "food_sampling",
        _samples,
        _spoil,
        "scjg/食品安全抽检结果汇总（示例数据）.csv",
        _write,
    ),
)
