"""Units of measure as offices write them: 万元, （单位：元）, 金额（万元）. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from .characters import squeeze

_BASES: Final = (
    "元|人民币元|美元|欧元|港元|人|人次|户|家|个|件|起|项|次|辆|辆次|台|套|座|处|所|名|例|宗|份"
    "|部|册|册件|册次|种|条|只|头|张|栋|幢|间|床|吨|千克|公斤|克|毫克|微克|吨标准煤|吨/日|吨/年"
    "|立方米|平方米|平方公里|平方千米|公顷|亩|公里|千米|米|厘米|毫米|升|千瓦|千瓦时|瓦|度|天|日"
    "|日历天|工作日|小时|分钟|秒|年|月|岁|%|‰|百分点"
)
_PREFIXES: Final = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_UNIT = re.compile(rf"({'|'.join(sorted(_PREFIXES, key=len, reverse=True))})({_BASES})")
_SUFFIX = re.compile(r"(.+?)\((?:单位[::]?)?([^()]+)\)|(.+?)[/、,]单位[::]([^()]+)")
_STATED = re.compile(
    r"(?:^|[\s(（\[【,，;；。])(?:(?:金额|货币|计量|计价|数量)\s*)?单\s*位\s*[::：]\s*"
    r"([^\s()（）\[\]【】]+)"
)


def split(unit: str) -> tuple[str, int] | None:
    """A unit's base and how many of it one is; None if it is no unit that we know.

    >>> split("万元"), split("千米"), split("文旅局")
    (('元', 10000), ('千米', 1), None)
    """
    if re.fullmatch(_BASES, unit):
        return unit, 1
    match = _UNIT.fullmatch(unit)
    return (match[2], _PREFIXES[match[1]]) if match else None


def ratio(source: str, target: str) -> Decimal | None:
    """What a number in one unit is multiplied by to be one in the other.

    >>> ratio("元", "万元"), ratio("元", "人")
    (Decimal('0.0001'), None)
    """
    if source == target:
        return Decimal(1)
    one, other = split(source), split(target)
    if one is None or other is None or one[0] != other[0]:
        return None
    return Decimal(one[1]) / Decimal(other[1])


def suffix(label: str) -> tuple[str, str]:
    """A label without its unit, and the unit; both squeezed.

    >>> suffix("金额\\n（单位：万元）"), suffix("因公出国(境)费"), suffix("名称(必填)")
    (('金额', '万元'), ('因公出国(境)费', ''), ('名称(必填)', ''))
    """
    text = squeeze(label)
    match = _SUFFIX.fullmatch(text)
    if match:
        base, unit = match[1] or match[3], match[2] or match[4]
        if split(unit):
            return base, unit
    return text, ""


def stated(text: str, own_units: frozenset[str]) -> list[str]:
    """The units that a line above a table states for all of it.

    The same word also names an office (填报单位：示例局), so a unit has to be one that
    we know, or one of the table's own, `own_units`.

    >>> stated("2025年 金额单位：万元、人", frozenset()), stated("单位：示例局", frozenset())
    (['万元', '人'], [])
    """
    return [
        unit
        for match in _STATED.finditer(text)
        for unit in re.split("[、,，;；及和]", squeeze(match[1]))
        if unit in own_units or split(unit)
    ]


def declared_factor(units: Mapping[str, str], unit: str) -> Decimal | None:
    """The factor declared for a unit (`Declaration.units`); None if there is none."""
    for label, factor in units.items():
        if squeeze(label) == unit:
            try:
                return Decimal(str(factor))
            except InvalidOperation:
                return None
    return None
