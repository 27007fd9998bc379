"""One word for one thing, in native Chinese and native English, wherever a text is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from .strings import OURS, PO, ROOT, catalogue, extracted, texts

CHINESE = {
    "搜索": "检索",
    "数据模式": "表结构",
    "怎么改": "改正建议",
    "空心站点": "空心圆点",
    "最相关": "相关度",
    "下载最多": "下载量",
    "按标题": "名称",
    "没有找到的查询": "无结果检索词",
    "同样的查询": "示例",
    "一行是": "每行记录",
    "逐行检查后才发布": "逐行核验，合格发布",
    "串联起来": "贯通",
    "以下是{": "{month}检查结果",
    "我的平台": "个人中心",
    "群组": "领域",
    "操作失败": "什么失败、如何改正",
}
"""Words that no text of ours has, each with the one that stands for it."""

COLUMN = re.compile(r"(?<![下所系队排罗])列(?![表出入示明数宽举])")
"""列 for a field, which is 字段; not in a list, nor in counts and widths of a grid.
An office's own file has columns."""

ENGLISH = {
    "slip of the pen": "misspelling",
    "slips of the pen": "misspellings",
    "to nothing": "does not exist",
    "twice or missing": "duplicate or missing",
    "whom to ask": "contact",
    "hollow station": "hollow circle",
    "how to mend": "how to correct",
}

NAMED = {
    "My account": "个人中心",
    "Catalogue": "公开目录",
    "Contact": "联系方式",
    "Relevance": "相关度",
    "Publication date": "发布时间",
    "Most downloaded": "下载量",
    "Name": "名称",
    "How to correct it": "改正建议",
    "Searches without results": "无结果检索词",
}
"""What the portal calls things that it names on many pages."""


def chinese() -> Iterator[str]:
    """Every Chinese text that is shown: translations, schemas, sources."""
    for message in catalogue(PO):
        yield from filter(None, texts(message) if message.id else ())
    folders = (ROOT / "dataset_schemas", ROOT / "harvesters" / "sources")
    for path in (path for folder in folders for path in folder.rglob("*.yaml")):
        yield from _texts(yaml.safe_load(path.read_text("utf-8")))
    for path in _templates():
        yield re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)


def _templates() -> Iterator[Path]:
    for root in OURS:
        yield from root.rglob("templates/**/*.html")


def _texts(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from _texts(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from _texts(value)


@pytest.mark.parametrize("word", CHINESE)
def test_words_that_another_word_stands_for(word):
    assert [text for text in chinese() if word in text] == []


def test_a_field_is_no_column_of_a_grid():
    # what a report says of a clerk's file counts the columns of that file
    of_files = {
        m.id
        for path, m in extracted(list(OURS))
        if "intake" in path.parts or path.name in ("summary.py", "report_files.py")
    }
    said = (
        text
        for message in catalogue(PO)
        if message.id and message.id not in of_files
        for text in texts(message)
    )
    assert [text for text in said if COLUMN.search(text)] == []


def test_english_is_written_not_translated():
    said = {
        part
        for _, message in extracted(list(OURS))
        for part in ([message.id] if isinstance(message.id, str) else message.id)
    }
    assert [text for text in said for word in ENGLISH if word in text.lower()] == []


def test_things_have_their_names():
    entries = catalogue(PO)
    assert {name: entries.get(name).string for name in NAMED} == NAMED
