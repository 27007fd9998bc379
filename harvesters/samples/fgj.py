"""发展和改革局: what was approved, verified or filed."""

from __future__ import annotations

from collections.abc import Iterator

from .database import Row, SourceTable
from .documents import numbers
from .primitives import DIVISION, dice, pick
from .projects import SHOWCASE_CODE, reaching

STATUS = {"1": 92.0, "2": 5.0, "3": 1.0, "0": 2.0}


def _approvals() -> Iterator[Row]:
    rng = dice("fgj.t_xmlx")
    for project in reaching("approval"):
        if project.kind.way == "01":
            kind = pick(rng, {"1": 20.0, "2": 55.0, "3": 25.0})
        else:
            kind = {"02": "4", "03": "5"}[project.kind.way]
        approval = project.dates["approval"]
        later = approval.month + rng.randint(3, 10)
        showcase = project.code == SHOWCASE_CODE
        yield {
            "xmdm": project.code,
            "xmmc": project.name,
            "splb": "2" if showcase else kind,
            "pfwh": numbers("approval")[project.code],
            "xmdw": project.owner.name,
            "dwdm": project.owner.uscc,
            "xzqh": DIVISION,
            "jsdd": project.location,
            "hyfl": project.kind.industry,
            "jsnr": project.content,
            "ztz": project.investment,
            "nkgny": f"{approval.year + (later - 1) // 12}{(later - 1) % 12 + 1:02d}",
            "pfrq": approval,
            "pfdw": "常州市天宁区发展和改革局",
            # One that went on was not withdrawn.
            "zt": "1" if "planning" in project.dates else pick(rng, STATUS),
        }


TABLES = (
    SourceTable(
        "fgj",
        "t_xmlx",
        "投资项目立项结果（示例数据）",
        """
        xmdm   varchar(40)    项目统一代码
        xmmc   varchar(200)   项目名称
        splb   char(1)        审批类别：1 项目建议书 2 可研 3 初步设计 4 核准 5 备案
        pfwh   varchar(60)    批复（备案）文号
        xmdw   varchar(120)   项目单位
        dwdm   char(18)       项目单位统一社会信用代码
        xzqh   char(6)        行政区划代码
        jsdd   varchar(200)   建设地点
        hyfl   varchar(40)    所属行业（GB/T 4754 大类）
        jsnr   varchar(1000)  建设规模及内容
        ztz    numeric(14,2)  总投资（万元）
        nkgny  char(6)        拟开工年月
        pfrq   date           批复（备案）日期
        pfdw   varchar(80)    批复单位
        zt     char(1)        状态：0 失效 1 有效 2 变更 3 撤销
        """,
        _approvals,
    ),
)
