"""Former names of departments, and what people call a thing, find what is published.

An index of the whole catalogue as CKAN would send it: every table and every item.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from ckanext.gpo.catalogue import description, document, item, reference
from ckanext.gpo.common.tables import DOMAINS, tables
from ckanext.gpo.search.engine import Engine

from bench import relevance

PAGE = 20


def _document(record: dict[str, Any], departments: list[str]) -> dict[str, Any]:
    titles = {d["name"]: d["title"] for d in reference.departments()}
    domains = {d["name"]: d["title"] for d in reference.domains()}
    whole = {
        **record,
        "organization": {"name": departments[0], "title": titles[departments[0]]},
        "groups": [
            {"name": group["name"], "title": domains[group["name"]]}
            for group in record["groups"]
        ],
    }
    notes = record.get("notes") or "、".join(record["content_elements"])
    made = relevance.document(record["name"], record["title"], notes=notes)
    made["data_dict"] = made["validated_data_dict"] = json.dumps(whole, default=str)
    document.prepare(made)
    return made


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = Engine(tmp_path_factory.mktemp("street"))
    datasets = [
        _document(description.dataset(table), [table.gpo["organization"]])
        for table in tables().values()
    ]
    items = [
        _document(item.record(domain, written), written["publishers"])
        for domain in DOMAINS
        for written in reference.items(domain)
    ]
    engine.add([*datasets, *items], commit=True)
    return engine


def found(index: Engine, q: str, fields: str) -> list[dict[str, Any]]:
    params = {**relevance.WORDS, "fl": fields, "rows": PAGE, "sort": "score desc"}
    return index.search(q, params)["response"]["docs"]


@pytest.mark.parametrize(
    ("former", "successor"),
    [
        ("食药监", "市场监督管理局"),
        ("质监局", "市场监督管理局"),
        ("安监局", "应急管理局"),
        ("文广新局", "文体广电和旅游局"),
        ("地税", "税务局"),
        ("国税", "税务局"),
        ("环保局", "生态环境局"),
        ("规划局", "自然资源和规划局"),
    ],
)
def test_a_former_name_finds_what_the_successor_publishes(index, former, successor):
    told = [
        body[document.DEPARTMENTS]
        for body in found(index, former, document.DEPARTMENTS)
    ]
    assert len(told) >= 5
    assert all(successor in departments for departments in told[:5])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("饭店", ("餐饮", "食品")),
        ("工地", ("施工", "建设工程", "建筑")),
        ("拆迁", ("征收", "征地", "补偿")),
        ("征地", ("征收", "征地")),
        ("花了多少钱", ("支出", "经费", "预算", "决算")),
    ],
)
def test_a_word_of_the_street_finds_what_it_means(index, typed, words):
    titles = [body["title"] for body in found(index, typed, "title")]
    assert titles
    assert any(word in titles[0] for word in words), titles[:5]
