"""行政处罚决定 of two departments, with the columns of 双公示."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from .database import Row
from .entities import SHOWCASE, core, founded_before
from .primitives import TODAY, date_between, dice, round_to, words

LAYOUT = """
    wsh     varchar(60)    决定文书号
    xdrdm   char(18)       行政相对人统一社会信用代码
    xdrmc   varchar(120)   行政相对人名称
    wflx    char(1)        违法行为类型（本系统代码）
    wfss    varchar(1000)  违法事实
    cfyj    varchar(500)   处罚依据
    cflb    char(1)        处罚类别：1 警告 2 通报批评 3 罚款 4 没收 9 其他
    cfnr    varchar(500)   处罚内容
    fkje    numeric(14,2)  罚款金额（万元）
    msje    numeric(14,2)  没收金额（万元）
    jdrq    date           决定日期
    gsjzq   date           公示截止期
    jdjg    varchar(80)    决定机关
    jdjgdm  char(18)       决定机关统一社会信用代码
    zt      char(1)        状态：1 有效 2 变更 3 撤销
"""


def decisions(
    section: str,
    count: int,
    first: date,
    *,
    industries: tuple[str, ...],
    number: str,
    authority: str,
    authority_uscc: str,
) -> Iterator[Row]:
    """Decisions since `first` by the words of `section`, in the order of their dates.

    The showcase enterprise has one of them, by the first of the words.

    :param number: form of the document number, with {year} and {n}
    """
    rng = dice(section)
    last = TODAY - timedelta(days=6)
    days = sorted(date_between(rng, first, last) for _ in range(count))
    counts: Counter[int] = Counter()
    for position, day in enumerate(days):
        counts[day.year] += 1
        if position == count // 2:
            party, case = core()[SHOWCASE], words(section)[0]
        else:
            party = founded_before(rng, day - timedelta(days=200), *industries)
            case = rng.choice([c for c in words(section) if c["since"] <= day])
        low, high = case["fine"]
        fine = round_to(rng.uniform(low, high), 0.1)
        # Above ten years' use: serious cases stay visible for three years, others one.
        serious = fine >= 30
        yield {
            "wsh": number.format(year=day.year, n=counts[day.year]),
            "xdrdm": party.uscc,
            "xdrmc": party.name,
            "wflx": case["kind"],
            "wfss": case["facts"],
            "cfyj": case["basis"],
            "cflb": "3",
            "cfnr": f"罚款人民币{fine:g}万元",
            "fkje": fine,
            "msje": 0,
            "jdrq": day,
            "gsjzq": day + timedelta(days=1095 if serious else 365),
            "jdjg": authority,
            "jdjgdm": authority_uscc,
            "zt": "1" if rng.random() < 0.98 else "2",
        }
