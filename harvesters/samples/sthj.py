"""生态环境局: environmental assessments and penalties in its database, one table of NBS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from . import penalties
from .database import Row, SourceTable
from .documents import numbers
from .entities import founded_before
from .files import DropFile
from .national import nbs_csv
from .primitives import DIVISION, agency_uscc, dice, round_to
from .projects import reaching

AUTHORITY = "常州市天宁生态环境局"

_REPORTS = {"书": "1", "表": "2", "登记表": "3"}


def _assessments() -> Iterator[Row]:
    rng = dice("sthj.t_hpsp")
    filed: Counter[int] = Counter()
    for project in reaching("eia"):
        day = project.dates["eia"]
        report = _REPORTS[project.kind.eia]
        number = numbers("eia")[project.code]
        conclusion = "1"
        if report == "3":
            filed[day.year] += 1
            number = f"{day.year}{DIVISION}00{filed[day.year]:06d}"
            conclusion = "3"
        elif list(project.dates)[-1] == "eia" and rng.random() < 0.3:
            conclusion = "2"
        agency = founded_before(rng, day, "生态保护和环境治理业")
        share = rng.uniform(0.006, 0.05)
        yield {
            "pfwh": number,
            "xmdm": project.code,
            "xmmc": project.name,
            "jsdw": project.owner.name,
            "jsdwdm": project.owner.uscc,
            "jsdd": project.location,
            "bglb": report,
            "hplb": project.kind.category,
            "bzdw": None if report == "3" else agency.name,
            "ztz": project.investment,
            "hbtz": round_to(project.investment * share, 0.01),
            "slrq": day - timedelta(days=0 if report == "3" else rng.randint(8, 28)),
            "pfrq": day,
            "spjl": conclusion,
            "spjg": AUTHORITY,
        }


TABLES = (
    SourceTable(
        "sthj",
        "t_hpsp",
        "建设项目环评审批（示例数据）",
        """
        pfwh    varchar(60)    批复（备案）文号
        xmdm    varchar(40)    项目统一代码
        xmmc    varchar(200)   项目名称
        jsdw    varchar(120)   建设单位
        jsdwdm  char(18)       建设单位统一社会信用代码
        jsdd    varchar(200)   建设地点
        bglb    char(1)        报告类别：1 报告书 2 报告表 3 登记表
        hplb    varchar(80)    环评行业类别
        bzdw    varchar(120)   环评编制单位
        ztz     numeric(14,2)  总投资（万元）
        hbtz    numeric(14,2)  环保投资（万元）
        slrq    date           受理日期
        pfrq    date           批复日期
        spjl    char(1)        审批结论：1 同意 2 不予批准 3 备案
        spjg    varchar(80)    审批机关
        """,
        _assessments,
    ),
    SourceTable(
        "sthj",
        "t_xzcf",
        "环境行政处罚决定（示例数据）",
        penalties.LAYOUT,
        partial(
            penalties.decisions,
            "environmental_penalties",
            420,
            date(2018, 1, 8),
            industries=(
                "餐饮业",
                "食品制造业",
                "纺织业",
                "化学原料和化学制品制造业",
                "金属制品业",
                "通用设备制造业",
            ),
            number="常天环罚〔{year}〕{n}号",
            authority=AUTHORITY,
            authority_uscc=agency_uscc(6),
        ),
    ),
)

FILES = (
    DropFile(
        "sthj/城市生活垃圾清运和处理情况.csv",
        partial(nbs_csv, "household_waste", "utf-8-sig"),
    ),
)
