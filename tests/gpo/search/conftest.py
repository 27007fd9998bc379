"""A small known corpus in an index of its own, and the parameters that CKAN sends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import ckan.plugins as p

from ckanext.gpo.catalogue import search_kinds
from ckanext.gpo.common.web.search_kinds import ISearchKinds, SearchKind
from ckanext.gpo.search.engine import Engine

from bench.relevance import CKAN_WORDS

__all__ = ["CKAN_WORDS"]

CKAN_LUCENE = {"df": "text", "q.op": "AND"}
"""What `package_search` adds to a query with a colon; `CKAN_WORDS` is for all others."""

KINDS = ("dataset", "disclosure-item")
"""The types of packages that the catalogue brings."""


class Kinds(p.SingletonPlugin):
    """The kinds of the catalogue on a site without it."""

    p.implements(ISearchKinds)

    def search_kinds(self) -> Iterable[SearchKind]:
        return search_kinds.kinds()


with_search_alone = [
    pytest.mark.ckan_config("ckan.plugins", "gpo_search"),
    pytest.mark.ckan_config("ckan.auth.create_unowned_dataset", True),
    pytest.mark.with_plugins({"kinds": Kinds}),
    pytest.mark.usefixtures("clean_db"),
]
"""For tests of a site that has no other plugin."""

CORPUS: list[dict[str, Any]] = [
    {
        "name": "food-licences",
        "title": "天宁区食品经营许可信息",
        "notes": "市场监督管理局核发的食品经营许可证",
        "tags": ["食品", "许可"],
        "organization": "scjg",
        "groups": ["food_drug"],
        "issued": "2026-01-10",
        "update_freq": "每日",
        "metadata_modified": "2026-01-10T08:00:00.100Z",
        "views_total": 7,
        "extras_table_ref": "food_drug/food_licences",
        "extras_contact": "Food Hotline",
    },
    {
        "name": "food-supervision",
        "title": "食品药品安全监管情况",
        "notes": "药品抽检与食品抽检",
        "tags": ["食品", "药品"],
        "organization": "scjg",
        "groups": ["food_drug"],
        "issued": "2026-02-20",
        "update_freq": "每月",
        "metadata_modified": "2026-02-20T08:00:00Z",
        "views_total": 70,
    },
    {
        "name": "eia-approvals",
        "title": "建设项目环境影响评价审批",
        "notes": "示例数据：常环审〔2026〕42号",
        "tags": ["环境"],
        "organization": "sthj",
        "groups": ["environment"],
        "issued": "2026-03-01",
        "update_freq": "每日",
        "metadata_modified": "2026-03-01T08:00:00Z",
        "visit_date": "2026-03-15T00:00:00Z",
    },
    {
        "name": "recycling",
        "title": "循环保障资金",
        "notes": "与环境保护无关的一句话",
        "organization": "czj",
        "groups": ["budget"],
        "issued": "2025-12-31",
        "metadata_modified": "2025-12-31T08:00:00Z",
    },
    {
        "name": "three-public-expenses",
        "title": "“三公”经费预决算",
        "notes": "Public expenses on receptions, vehicles and travel",
        "tags": ["budget data", "Wi-Fi"],
        "organization": "czj",
        "groups": ["budget"],
        "res_name": ["2025 ＣＳＶ文件", "OpenData table"],
        "res_format": ["CSV", "XLSX"],
        "issued": "2025-06-01",
        "update_freq": "每年",
        "metadata_modified": "2026-01-10T08:00:00.200Z",
        "views_total": 70,
    },
]


def document(number: int, fields: dict[str, Any]) -> dict[str, Any]:
    """A document as CKAN would send it."""
    return {
        "index_id": f"key-{number}",
        "id": f"id-{number}",
        "entity_type": "package",
        "site_id": "here",
        "state": "active",
        "capacity": "public",
        "dataset_type": "dataset",
        "permission_labels": ["public"],
        "title_string": fields.get("title", ""),
        "metadata_modified": "2026-01-01T00:00:00Z",
        **fields,
    }


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = Engine(tmp_path_factory.mktemp("corpus"))
    engine.add([document(i, fields) for i, fields in enumerate(CORPUS)], commit=True)
    return engine


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An empty engine."""
    return Engine(tmp_path)


@pytest.fixture(scope="session")
def found(corpus: Engine) -> Callable[..., list[str]]:
    """The names of the datasets that a query finds, best first, as CKAN would ask.

    Those that have only some of the words, see test_tiers, are there with `partial_match`.
    """

    def find(q: str, *, partial: bool = False, **params: Any) -> list[str]:
        by_words = ":" not in q or params.get("defType") == "edismax"
        params = {**(CKAN_WORDS if by_words else CKAN_LUCENE), "fl": "name", **params}
        answer = corpus.search(q, params)
        names = (doc["name"] for doc in answer["response"]["docs"])
        tiers = answer.get("tiers", [{"match": "full", "count": 1_000}])
        return [
            name
            for tier in tiers
            for name in islice(names, tier["count"])
            if partial or tier["match"] != "partial"
        ]

    return find
