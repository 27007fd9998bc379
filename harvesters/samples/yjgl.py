"""应急管理局: penalties in its database, one table of NBS in the drop folder."""

from __future__ import annotations

from datetime import date
from functools import partial

from . import penalties
from .database import SourceTable
from .files import DropFile
from .national import nbs_csv
from .primitives import agency_uscc

TABLES = (
    SourceTable(
        "yjgl",
        "t_xzcf",
        "安全生产行政处罚决定（示例数据）",
        penalties.LAYOUT,
        partial(
            penalties.decisions,
            "safety_penalties",
            360,
            date(2021, 9, 6),
            industries=(
                "餐饮业",
                "房屋建筑业",
                "道路运输业",
                "化学原料和化学制品制造业",
                "金属制品业",
                "专用设备制造业",
                "电气机械和器材制造业",
            ),
            number="常天应急罚〔{year}〕{n}号",
            authority="常州市天宁区应急管理局",
            authority_uscc=agency_uscc(8),
        ),
    ),
)

FILES = (
    DropFile("yjgl/火灾事故情况.csv", partial(nbs_csv, "fire_accidents", "gb18030")),
)
