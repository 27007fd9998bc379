"""What a row looks like that is no data: its words. Pure."""

from __future__ import annotations

import re
from typing import Final

from ckanext.gpo.intake.characters import INVISIBLE, squeeze

_TOTAL_WORD = "(?:合|总|小|共|累)计"
_TAIL = r"(?:金额|数额|数量|数|额)?(?:\d+[\u4e00-\u9fff]?)?(?:\(.*\))?[:：]?"
_SCOPE = (
    "(?:本|当|全|各|以上)?"
    "(?:页|年|月|季|期|次|表|项|类|部门|单位|区|市|县|省|国|镇|街道|乡|村)?"
)
_TOTAL = re.compile(f"(.{{0,12}}?){_TOTAL_WORD}{_TAIL}")
_BARE_TOTAL = re.compile(f"{_SCOPE}{_TOTAL_WORD}{_TAIL}")
_NOTE = re.compile(
    r"(?:(?:备|附)?注|说明|(?:数据|资料)来源|(?:填报|填表|制表|报送|编制|主管)"
    r"(?:单位|部门|机构|人|日期|时间)?|(?:审核|复核|联系|经办|统计)人?员?"
    r"|(?:单位|部门)?负责人|联系电话|日期|盖章|\(盖章\)|单位\(盖章\))\d*[:：.、]"
    r"|注\d|\*?注释|数据截[至止]|截[至止]\d{4}年|第\d+页|共\d+页|\(?续表"
)
_CAPTION = re.compile(r"附?[表件][一二三四五六七八九十\d]+\D.*")
_SECTION = re.compile(
    r"[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+[章节部分类]"
)
_STEMS: Final = ("栏次", *"甲乙丙丁戊己庚辛")

TOTAL_LINE: Final = re.compile(
    r"^[^\n]{0,16}[合总小共累][ \u3000]*计[^\n]{0,16}$", re.MULTILINE
)
"""In the texts of a row, one a line: whether one may be a total's."""

CONSPICUOUS_START: Final = re.compile(
    rf"[\s{INVISIBLE}*（(]|[备附注说数资填报制编主审复联经统单部负日盖截第共续]"
)
"""Whether a first cell may be blank after all, or begin a note (`is_note`)."""

REMARKS: Final = frozenset({"序号", "序", "行号", "备注", "附注", "no", "no."})
"""Labels of an office's own columns, squeezed and in lower case."""


def is_total(text: str) -> bool:
    """Whether a cell is the label of a total, with whatever before it.

    >>> is_total("全 区 合　计："), is_total("一般公共预算收入合计"), is_total("会计")
    (True, True, False)
    """
    return bool(_TOTAL.fullmatch(squeeze(text)))


def is_bare_total(text: str) -> bool:
    """Whether nothing in it could be the name of a thing of its own.

    >>> is_bare_total("全区合计"), is_bare_total("收入合计")
    (True, False)
    """
    return bool(_BARE_TOTAL.fullmatch(squeeze(text)))


def is_note(text: str) -> bool:
    """Whether a row that begins so is a note or a signature.

    >>> is_note("注：1.含税"), is_note("填表人：示例"), is_note("示例街道")
    (True, True, False)
    """
    return bool(_NOTE.match(squeeze(text)))


def is_caption(text: str) -> bool:
    """Whether it is the caption of a table.

    >>> is_caption("附表二 撤销项目"), is_caption("表扬单位")
    (True, False)
    """
    return bool(_CAPTION.fullmatch(squeeze(text)))


def is_section(text: str) -> bool:
    """Whether it numbers a part of the table: 一、区级部门.

    >>> is_section("（一）街道"), is_section("三里庵街道")
    (True, False)
    """
    return bool(_SECTION.match(squeeze(text)))


def are_column_numbers(texts: list[str]) -> bool:
    """Whether a row numbers the columns: 1 2 3 4, or 甲 乙 1 2.

    >>> are_column_numbers(["甲", "乙", "1", "2"]), are_column_numbers(["1", "2", "3"])
    (True, False)
    """
    stems = [text for text in texts if text in _STEMS]
    numbers = texts[len(stems) :]
    counted = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    is_led = texts[: len(stems)] == stems
    return counted and is_led and len(texts) >= (2 if texts[0] == "栏次" else 4)
