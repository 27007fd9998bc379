"""Records as a district publishes them, made up, and questions that people ask for them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from stdnum.cn import uscc

from ckanext.gpo.search.analysis import pinyin
from ckanext.gpo.search.records.columns import Column, Role

BRAND = (
    "恒源宏远金龙天成华瑞中正信达盛世东方鑫诚德顺安康博雅新科润丰百佳永泰光明嘉禾"
    "海川江南春晖锦绣卓越凯旋腾飞启明星辰蓝天绿洲玉兰紫荆梅兰竹菊松柏云峰长青远大"
)
TRADES = (
    "食品",
    "餐饮管理",
    "建筑工程",
    "机械制造",
    "电子科技",
    "物流",
    "纺织",
    "化工",
    "装饰工程",
    "信息技术",
    "环保设备",
    "医药",
    "文化传播",
    "房地产开发",
    "汽车销售",
    "新材料",
    "园林绿化",
    "劳务",
    "商贸",
    "生物科技",
)
PLACES = ("常州市", "常州", "江苏", "常州市天宁区")
FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "有限公司天宁分公司")
ROADS = (
    "青龙西路",
    "中吴大道",
    "延陵西路",
    "和平北路",
    "晋陵中路",
    "竹林北路",
    "东经一二〇路",
    "永宁北路",
    "龙城大道",
    "红梅南路",
    "劳动东路",
    "采菱路",
    "青洋北路",
    "丽华北路",
    "关河东路",
    "郑陆镇工业大道",
    "兰陵北路",
    "光华路",
)
OFFICES = ("天行审", "天环审", "天发改备", "天市监罚", "天应急罚", "天住建")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BRACKETS = ("〔{}〕", "[{}]", "（{}）", "({})", "【{}】", "﹝{}﹞")

COLUMNS = (
    Column("uscc", "统一社会信用代码", "", Role.CODE),
    Column("entity_name", "名称", "", Role.NAME),
    Column("address", "地址", "", Role.ADDRESS),
    Column("permit_number", "许可证编号", "", Role.NUMBER),
    Column("document_number", "文号", "", Role.NUMBER),
)


class Row(NamedTuple):
    uscc: str
    entity_name: str
    address: str
    permit_number: str
    document_number: str


def rows(count: int, first: int = 0) -> Iterator[Row]:
    """So many records, always the same; each has a number of its own from `first` on."""
    chance = random.Random(first)
    for number in range(first, first + count):
        body = f"91320402MA{_in_base(number)}"
        brand = "".join(chance.choices(BRAND, k=2 + (number % 3 == 0)))
        year = 2010 + number % 16
        place = chance.choice(PLACES)
        address = f"常州市天宁区{chance.choice(ROADS)}{chance.randint(1, 600)}号"
        if number % 3:
            address += f"{chance.randint(1, 40)}幢{chance.randint(101, 2500)}室"
        yield Row(
            body + uscc.calc_check_digit(body),
            f"{place}{brand}{chance.choice(TRADES)}{chance.choice(FORMS)}",
            address,
            f"JY1320402{year}{number:08d}",
            f"常{chance.choice(OFFICES)}〔{year}〕{number}号",
        )


def _in_base(number: int) -> str:
    digits = ""
    for _ in range(7):
        number, place = divmod(number, len(ALPHABET))
        digits = ALPHABET[place] + digits
    return digits


def questions(sample: list[Row], seed: int = 7) -> dict[str, list[tuple[str, Row]]]:
    """Kind → questions, each with the record that has to be found."""
    chance = random.Random(seed)
    kinds: dict[str, Callable[[Row], str]] = {
        "name part": lambda row: _core(row.entity_name),
        "typo": lambda row: _with_slip(row.entity_name, chance),
        "homophone": lambda row: _homophone(row.entity_name, chance),
        "pinyin": lambda row: "".join(
            pinyin.readings(char)[0] for char in _core(row.entity_name)
        ),
        "credit code": lambda row: row.uscc,
        "permit number": lambda row: row.permit_number,
        "permit beginning": lambda row: row.permit_number[:-2],
        "street and number": lambda row: (
            row.address.split("区", 1)[1].split("号")[0] + "号"
        ),
        "document number": lambda row: _in_brackets(row.document_number, chance),
    }
    return {kind: [(make(row), row) for row in sample] for kind, make in kinds.items()}


def _core(name: str) -> str:
    """A name as people say it: without the place before it and the form behind."""
    for place in sorted(PLACES, key=len, reverse=True):
        name = name.removeprefix(place)
    return name.split("股份")[0].split("有限公司")[0]


def _with_slip(name: str, chance: random.Random) -> str:
    place = chance.randrange(2, len(name) - 2)
    return name[:place] + chance.choice("营经管晋") + name[place + 1 :]


def _homophone(name: str, chance: random.Random) -> str:
    place = chance.randrange(3, len(name) - 3)
    sound = pinyin.readings(name[place])[0]
    alike = [
        char
        for char in map(chr, range(0x4E00, 0x9FA0))
        if pinyin.readings(char)[:1] == (sound,)
    ]
    return name[:place] + chance.choice(alike) + name[place + 1 :]


def _in_brackets(number: str, chance: random.Random) -> str:
    head, rest = number.split("〔")
    year, tail = rest.split("〕")
    return head + chance.choice(BRACKETS).format(year) + tail
