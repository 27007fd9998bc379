"""Which queries may be kept: plain words, and nothing that looks like personal data.

What cannot be told for certain is not kept: losing a query costs nothing.
"""

from __future__ import annotations

import re

from .analysis import HAN, Segmenter, fold
from .index import UNPRINTABLE

LENGTHS = range(2, 41)
"""Characters of a query; who types more tells a story."""

SYNTAX = re.compile(r'[:"*?~^()\[\]{}\\/|&<>=]|(?:^|\s)[+\-!]|\b(?:AND|OR|NOT)\b')

PERSONAL = re.compile(
    r"@|www\."  # addresses of people and of pages
    r"|\d(?:[\s.\-]*\d){5}"  # identity cards, telephones, bank cards, birthdays
    r"|[〇零幺一二两三四五六七八九]{6}"  # the same, written in characters
    r"|(?<![a-z\d_.\-])(?=[a-z\d_.\-]*[a-z])(?:[a-z_.\-]*\d){5}"  # account names
    r"|(?<!\w)\w[^\W_]*_\w*\d"  # the same with a line in it
    rf"|[{HAN}][a-z][·•.\-\s]?[a-z\d]{{4,6}}(?![a-z])"  # number plates
    r"|\d\s*(?:室|单元|栋|幢|弄)"  # where somebody lives
)

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛"
    "奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍"
    "余元卜顾孟平黄和穆萧肖尹姚邵汪祁毛狄米贝臧计成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵季麻强贾路"
    "娄江童颜郭梅盛林钟徐邱骆高夏蔡田胡凌霍虞万柯管卢莫房裘缪解应宗丁宣邓郁单洪包左石崔吉龚程"
    "邢裴陆荣翁荀甄曲封储靳段焦巴牧车侯宁仇祖武符刘景詹龙叶司黎印白蒲卓蔺池乔阴胥苍闻党翟谭申"
    "冉桑桂牛边尚温庄晏柴阎闫连习艾鱼容向古易廖终居步耿满文寇广阙东沃利越隆师巩聂晁敖冷辛那简"
    "饶曾沙丰关查游权岳帅涂仝佟代付"
)
DOUBLE_SURNAMES = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
)
NAME = "nr"


def storable_query(
    query: str, segmenter: Segmenter, vocabulary: frozenset[str]
) -> str | None:
    """The query in the form in which it is kept, or None if it must not be.

    `vocabulary` are words of the domain, which are no names of people whatever they look like.
    """
    if SYNTAX.search(query) or UNPRINTABLE.search(query):
        return None
    text = " ".join(fold(query).lower().split()).strip("，。、；,.;!? ")
    if len(text) not in LENGTHS or not re.search(r"\w", text):
        return None
    if PERSONAL.search(text) or _names_somebody(text, segmenter, vocabulary):
        return None
    return text


def _names_somebody(
    text: str, segmenter: Segmenter, vocabulary: frozenset[str]
) -> bool:
    for run in re.findall(f"[{HAN}·]+", text):
        previous = ""
        for word, tag in segmenter.tagged(run):
            if tag.startswith(NAME) and _is_name(word, vocabulary):
                return True
            if previous in SURNAMES and previous + word == run and len(word) < 3:
                return True  # 李雪莲, cut as 李 and 雪莲
            previous = word if tag.startswith(NAME) else ""
        if run.startswith(DOUBLE_SURNAMES) and len(run) in (3, 4):
            return True
        if "·" in run:
            return True
    return False


def _is_name(word: str, vocabulary: frozenset[str]) -> bool:
    if word.startswith(DOUBLE_SURNAMES):
        return len(word) in (3, 4)
    # 公积金: what begins with a word of ours is none either.
    return word[0] in SURNAMES and len(word) in (2, 3) and word[:2] not in vocabulary
