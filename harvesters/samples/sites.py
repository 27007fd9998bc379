"""住房和城乡建设局: building sites under supervision, and completed works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from .database import Row, SourceTable
from .documents import numbers
from .primitives import TODAY, dice, round_to
from .projects import Project, reaching
from .zjj import AUTHORITY

_STRUCTURES = (
    "框架结构",
    "剪力墙结构",
    "框架剪力墙结构",
    "砖混结构",
    "钢结构",
    "市政工程",
    "其他",
)


def _supervision() -> Iterator[Row]:
    rng = dice("zjj.t_aqjd")
    for project in reaching("supervision"):
        registered = project.dates["supervision"]
        acceptance = project.dates.get("acceptance")
        until = acceptance or TODAY - timedelta(days=5)
        months = (until - registered).days // 30
        defects = rng.randint(0, 3 * months + 2)
        open_hazards = 0 if acceptance else min(defects, rng.choice((0, 0, 0, 1, 2)))
        last = until - timedelta(days=rng.randint(0, 25))
        yield {
            "jdbh": numbers("supervision")[project.code],
            "xmdm": project.code,
            "xkzbh": numbers("construction")[project.code],
            "gcmc": project.name,
            "sgdw": project.contractor.name,
            "sgdwdm": project.contractor.uscc,
            "djrq": registered,
            "sgjd": _stage(project, months),
            "jccs": months,
            "zjjcrq": last if months else None,
            "yhs": defects if months else 0,
            "yzgs": defects - open_hazards if months else 0,
            "aqpd": "0" if not months else "2" if open_hazards == 2 else "1",
            "jdjg": "常州市天宁区建设工程安全监督站",
            "dh": "0519-00001102",
            "zt": "3" if acceptance else "2" if rng.random() < 0.06 else "1",
        }


def _stage(project: Project, months: int) -> str:
    """施工阶段: 1 preparation … 6 finished; streets and pipes have their own."""
    if "acceptance" in project.dates:
        return "6"
    if "start" not in project.dates:
        return "1"
    if project.kind.structure == "市政工程":
        return "5"
    return "2" if months < 4 else "3" if months < 14 else "4"


def _completions() -> Iterator[Row]:
    rng = dice("zjj.t_jgba")
    for project in reaching("completion"):
        area = (
            round_to(project.floor * rng.uniform(0.98, 1.01), 0.01)
            if project.floor
            else None
        )
        yield {
            "babh": numbers("completion")[project.code],
            "xmdm": project.code,
            "xkzbh": numbers("construction")[project.code],
            "gcmc": project.name,
            "jsdw": project.owner.name,
            "sgdw": project.contractor.name,
            "gcdz": project.location,
            "jglx": str(_STRUCTURES.index(project.kind.structure) + 1),
            "jgmj": area,
            "gczj": round_to(project.price * rng.uniform(0.95, 1.09), 0.01),
            "kgrq": project.dates["start"],
            "ysrq": project.dates["acceptance"],
            "ysjl": "1",
            "barq": project.dates["completion"],
            "bajg": AUTHORITY,
        }


TABLES = (
    SourceTable(
        "zjj",
        "t_aqjd",
        "施工安全监督登记（示例数据）",
        """
        jdbh    varchar(40)   安全监督编号
        xmdm    varchar(40)   项目统一代码
        xkzbh   varchar(40)   施工许可证编号
        gcmc    varchar(200)  工程名称
        sgdw    varchar(120)  施工单位
        sgdwdm  char(18)      施工单位统一社会信用代码
        djrq    date          监督登记日期
        sgjd    char(1)       施工阶段：1 准备 2 基础 3 主体 4 装修 5 市政 6 完工
        jccs    integer       累计检查次数
        zjjcrq  date          最近检查日期
        yhs     integer       发现隐患数
        yzgs    integer       已整改隐患数
        aqpd    char(1)       安全评定：0 未评定 1 合格 2 不合格
        jdjg    varchar(80)   监督机构
        dh      varchar(20)   监督机构电话
        zt      char(1)       监督状态：1 在监 2 中止 3 终止
        """,
        _supervision,
    ),
    SourceTable(
        "zjj",
        "t_jgba",
        "竣工验收备案（示例数据）",
        """
        babh   varchar(40)    备案编号
        xmdm   varchar(40)    项目统一代码
        xkzbh  varchar(40)    施工许可证编号
        gcmc   varchar(200)   工程名称
        jsdw   varchar(120)   建设单位
        sgdw   varchar(120)   施工单位
        gcdz   varchar(200)   工程地址
        jglx   char(1)        结构类型：1 框架 2 剪力墙 3 框剪 4 砖混 5 钢 6 市政 7 其他
        jgmj   numeric(14,2)  竣工面积（平方米）
        gczj   numeric(14,2)  工程造价（万元）
        kgrq   date           实际开工日期
        ysrq   date           竣工验收日期
        ysjl   char(1)        验收结论：1 合格 0 不合格
        barq   date           备案日期
        bajg   varchar(80)    备案机关
        """,
        _completions,
    ),
)
