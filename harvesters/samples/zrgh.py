"""自然资源和规划局天宁分局: permits for land and works."""

from __future__ import annotations

from collections.abc import Iterator

from .database import Row, SourceTable
from .documents import numbers
from .primitives import dice, round_to
from .projects import Project, reaching

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
            "rjl": round_to(floor / project.site, 0.01) if floor else None,
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
    return round_to(low * 3.4 if high else low, 0.1)


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
