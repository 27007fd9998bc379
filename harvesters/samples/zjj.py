"""住房和城乡建设局: tenders and construction permits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from .database import Row, SourceTable
from .documents import numbers
from .entities import AGENCY, Entity, core
from .primitives import dice, round_to
from .projects import SHOWCASE_CODE, Project, reaching

AUTHORITY = "常州市天宁区住房和城乡建设局"


def _permits() -> Iterator[Row]:
    rng = dice("zjj.t_sgxk")
    for project in reaching("construction"):
        yield {
            "xkzbh": numbers("construction")[project.code],
            "xmdm": project.code,
            "ghxkzh": numbers("planning")[project.code],
            "gcmc": project.name,
            "jsdw": project.owner.name,
            "jsdwdm": project.owner.uscc,
            "jsdz": project.location,
            "jsgm": project.floor,
            "htjg": project.price,
            "htgq": project.days,
            "sgdw": project.contractor.name,
            "sgdwdm": project.contractor.uscc,
            "jldw": project.supervisor.name,
            "fzrq": project.dates["construction"],
            "fzjg": AUTHORITY,
            "zt": "2" if rng.random() < 0.05 else "1",
        }


def _bids() -> Iterator[Row]:
    rng = dice("zjj.t_zbjg")
    for project in reaching("bid"):
        works = _bid(project, "01", "3", project.contractor, project.price)
        yield works
        if rng.random() < 0.25 or project.code == SHOWCASE_CODE:
            fee = round_to(project.price * rng.uniform(0.012, 0.02), 0.01)
            yield _bid(project, "02", "4", project.supervisor, fee)


def _bid(
    project: Project, section: str, kind: str, winner: Entity, price: float
) -> Row:
    opening, result = project.dates["opening"], project.dates["bid"]
    start = opening + timedelta(days=2)
    return {
        "bdbh": numbers("bid")[project.code][:-2] + section,
        "xmdm": project.code,
        "xmmc": project.name,
        "bdmc": project.name + {"3": "施工标", "4": "监理标"}[kind],
        "zblb": kind,
        "zbfs": "2" if project.kind.way == "03" else "1",
        "zbr": project.owner.name,
        "dljg": core()[AGENCY].name,
        "kbrq": opening,
        "zgxj": round_to(price * 1.06, 0.01),
        "zbdw": winner.name,
        "zbdwdm": winner.uscc,
        "zbj": price,
        "gsksrq": start,
        "gsjsrq": min(start + timedelta(days=3), result),
        "gbrq": result,
    }


TABLES = (
    SourceTable(
        "zjj",
        "t_sgxk",
        "建筑工程施工许可（示例数据）",
        """
        xkzbh   varchar(40)    施工许可证编号
        xmdm    varchar(40)    项目统一代码
        ghxkzh  varchar(40)    建设工程规划许可证号
        gcmc    varchar(200)   工程名称
        jsdw    varchar(120)   建设单位
        jsdwdm  char(18)       建设单位统一社会信用代码
        jsdz    varchar(200)   建设地址
        jsgm    numeric(14,2)  建设规模（平方米）
        htjg    numeric(14,2)  合同价格（万元）
        htgq    integer        合同工期（日历天）
        sgdw    varchar(120)   施工单位
        sgdwdm  char(18)       施工单位统一社会信用代码
        jldw    varchar(120)   监理单位
        fzrq    date           发证日期
        fzjg    varchar(80)    发证机关
        zt      char(1)        状态：1 有效 2 变更 3 注销 4 撤销
        """,
        _permits,
    ),
    SourceTable(
        "zjj",
        "t_zbjg",
        "招标投标中标结果（示例数据）",
        """
        bdbh    varchar(40)    标段编号
        xmdm    varchar(40)    项目统一代码
        xmmc    varchar(200)   项目名称
        bdmc    varchar(200)   标段名称
        zblb    char(1)        招标类别：1 勘察 2 设计 3 施工 4 监理 5 货物 6 工程总承包
        zbfs    char(1)        招标方式：1 公开招标 2 邀请招标
        zbr     varchar(120)   招标人
        dljg    varchar(120)   招标代理机构
        kbrq    date           开标日期
        zgxj    numeric(14,2)  最高投标限价（万元）
        zbdw    varchar(120)   中标人
        zbdwdm  char(18)       中标人统一社会信用代码
        zbj     numeric(14,2)  中标价（万元）
        gsksrq  date           候选人公示开始日期
        gsjsrq  date           候选人公示结束日期
        gbrq    date           中标结果公示日期
        """,
        _bids,
    ),
)
