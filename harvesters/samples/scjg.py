"""市场监督管理局: the register of enterprises, food licences and inspections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from stdnum.iso7064 import mod_11_10

from .database import Row, SourceTable
from .entities import SHOWCASE, Entity, active, core, entities
from .primitives import DIVISION, TODAY, date_between, dice, pick, words

AUTHORITY = "常州市天宁区市场监督管理局"

FIRST_LICENCE = date(2015, 10, 8)
"""食品经营许可管理办法 came into force on 2015-10-01."""


def _register() -> Iterator[Row]:
    for entity in entities():
        scope = entity.industry.scope
        yield {
            "tyshxydm": entity.uscc,
            "ztmc": entity.name,
            "ztlx": entity.kind,
            "hymldm": entity.industry.section,
            "hymc": entity.industry.name,
            "zczb": entity.capital,
            "clrq": entity.founded,
            "hzrq": entity.approved,
            "yyqxz": entity.term_end,
            "djzt": entity.status,
            "djjg": AUTHORITY,
            "xzqh": DIVISION,
            "ssjd": entity.street,
            "zs": entity.address,
            "jyfw": f"{scope}。（依法须经批准的项目，经批准后方可开展经营活动）",
        }


@dataclass(frozen=True)
class Licence:
    """One 食品经营许可证 of five years."""

    number: str
    holder: Entity
    form: str
    items: str
    issued: date
    until: date


@cache
def licences() -> tuple[Licence, ...]:
    """All licences in the order of their dates."""
    rng = dice("scjg.licences")
    forms = words("food_forms")
    showcase = core()[SHOWCASE]
    granted = [(date(2022, 5, 18), showcase, forms[1])]
    for form in forms:
        for holder in active(*form["industries"]):
            first = max(holder.founded + timedelta(days=10), FIRST_LICENCE)
            canteen = form["code"] != "3" or rng.random() < 0.3
            if holder is not showcase and canteen and first < TODAY - timedelta(30):
                day = date_between(rng, first, TODAY - timedelta(days=9))
                granted.append((day, holder, form))
    granted.sort(key=lambda grant: (grant[0], grant[1].uscc))
    counts: Counter[str] = Counter()
    licences: list[Licence] = []
    for issued, holder, form in granted:
        counts[form["code"]] += 1
        body = f"{form['code']}{DIVISION}{counts[form['code']]:06d}"
        licences.append(
            Licence(
                number=f"JY{body}{mod_11_10.calc_check_digit(body)}",
                holder=holder,
                form=form["code"],
                items=rng.choice(form["items"]),
                issued=issued,
                until=issued + timedelta(days=5 * 365),
            )
        )
    return tuple(licences)


def _licences() -> Iterator[Row]:
    rng = dice("scjg.t_spjyxk")
    for licence in licences():
        holder = licence.holder
        expired = licence.until < TODAY
        yield {
            "xkzbh": licence.number,
            "tyshxydm": holder.uscc,
            "jyzmc": holder.name,
            "ztyt": licence.form,
            "jyxm": licence.items,
            "jycs": holder.address,
            "ssjd": holder.street,
            "fzrq": licence.issued,
            "yxqz": licence.until,
            "fzjg": AUTHORITY,
            "rcjgjg": f"天宁区市场监督管理局{holder.street[:2]}分局",
            "tsdh": "12315",
            "zt": "2" if expired else "3" if rng.random() < 0.03 else "1",
        }


def _inspections() -> Iterator[Row]:
    rng = dice("scjg.t_spjdjc")
    visits: list[tuple[date, Licence]] = []
    for licence in licences():
        last = min(licence.until, TODAY) - timedelta(days=9)
        first = licence.issued + timedelta(days=20)
        if first < last:
            visits += [
                (date_between(rng, first, last), licence)
                for _ in range(rng.randint(1, 4))
            ]
    visits.sort(key=lambda visit: (visit[0], visit[1].number))
    counts: Counter[int] = Counter()
    for day, licence in visits:
        counts[day.year] += 1
        checked = rng.choice((24, 30, 34, 42))
        failed = rng.choice((0, 0, 0, 1, 1, 2, 3, 5, 9))
        result = "1" if not failed else "2" if failed < 5 else "3"
        problems = "；".join(rng.sample(words("food_problems"), min(failed, 3)))
        yield {
            "jcbh": f"JC{DIVISION}{day.year}{counts[day.year]:04d}",
            "tyshxydm": licence.holder.uscc,
            "xkzbh": licence.number,
            "bjcdw": licence.holder.name,
            "jcdd": licence.holder.address,
            "jcfs": pick(rng, {"1": 88.0, "2": 10.0, "3": 2.0}),
            "fxdj": pick(rng, {"A": 35.0, "B": 45.0, "C": 17.0, "D": 3.0}),
            # This system keeps dates as eight digits.
            "jcrq": f"{day:%Y%m%d}",
            "jcxs": checked,
            "bfhxs": failed,
            "jcjg": result,
            "fxwt": problems or None,
            "clcs": {"1": "0", "2": "1", "3": rng.choice("123")}[result],
            "jcjgmc": AUTHORITY,
        }


TABLES = (
    SourceTable(
        "scjg",
        "t_scztdj",
        "市场主体登记（示例数据）",
        """
        tyshxydm  char(18)       统一社会信用代码
        ztmc      varchar(120)   主体名称
        ztlx      char(4)        主体类型代码
        hymldm    char(1)        行业门类代码
        hymc      varchar(40)    行业名称
        zczb      numeric(16,2)  注册资本（万元）
        clrq      date           成立日期
        hzrq      date           核准日期
        yyqxz     date           营业期限至
        djzt      char(1)        登记状态：1 存续 2 吊销 3 注销 4 迁出
        djjg      varchar(80)    登记机关
        xzqh      char(6)        行政区划代码
        ssjd      varchar(20)    所属街道（镇）
        zs        varchar(200)   住所
        jyfw      varchar(2000)  经营范围
        """,
        _register,
    ),
    SourceTable(
        "scjg",
        "t_spjyxk",
        "食品经营许可（示例数据）",
        """
        xkzbh     varchar(20)   许可证编号
        tyshxydm  char(18)      统一社会信用代码
        jyzmc     varchar(120)  经营者名称
        ztyt      char(1)       主体业态：1 食品销售 2 餐饮服务 3 集中用餐单位食堂
        jyxm      varchar(200)  经营项目
        jycs      varchar(200)  经营场所
        ssjd      varchar(20)   所属街道（镇）
        fzrq      date          发证日期
        yxqz      date          有效期至
        fzjg      varchar(80)   发证机关
        rcjgjg    varchar(80)   日常监督管理机构
        tsdh      varchar(20)   投诉举报电话
        zt        char(1)       状态：1 有效 2 过期 3 注销 4 撤销 5 吊销
        """,
        _licences,
    ),
    SourceTable(
        "scjg",
        "t_spjdjc",
        "食品经营监督检查（示例数据）",
        """
        jcbh      varchar(20)    检查编号
        tyshxydm  char(18)       统一社会信用代码
        xkzbh     varchar(20)    许可证编号
        bjcdw     varchar(120)   被检查单位
        jcdd      varchar(200)   检查地点
        jcfs      char(1)        检查方式：1 日常监督检查 2 飞行检查 3 体系检查
        fxdj      char(1)        风险等级
        jcrq      char(8)        检查日期（年月日八位）
        jcxs      integer        检查项数
        bfhxs     integer        不符合项数
        jcjg      char(1)        检查结果：1 符合 2 基本符合 3 不符合
        fxwt      varchar(1000)  发现问题
        clcs      char(1)        处理措施：0 无需整改 1 限期整改 2 责令停止经营 3 立案调查
        jcjgmc    varchar(80)    检查机关
        """,
        _inspections,
    ),
)
