"""Nobody finds, counts or sees in a facet what the labels do not allow.

Compared with a plain filter over random documents, for random readers.
"""

from __future__ import annotations

import random

import pytest

from .conftest import CKAN_WORDS, document

LABELS = ["public", "creator-a", "member-b", "collaborator-c", 'quoted"label', "市监局"]
TAGS = ["食品", "药品", "环境", "预算"]


@pytest.fixture(scope="module")
def documents():
    chance = random.Random(4)
    return [
        document(
            number,
            {
                "name": f"n{number}",
                "title": "食品" if chance.random() < 0.5 else "环境",
                "tags": chance.sample(TAGS, chance.randrange(len(TAGS) + 1)),
                "permission_labels": chance.sample(LABELS, chance.randrange(4)),
                "capacity": chance.choice(["public", "private"]),
            },
        )
        for number in range(120)
    ]


@pytest.fixture(scope="module")
def index(tmp_path_factory, documents):
    from ckanext.gpo.search.engine import Engine

    engine = Engine(tmp_path_factory.mktemp("permissions"))
    engine.add(documents, commit=True)
    return engine


def literal(label: str) -> str:
    """CKAN's `solr_literal`: quotes are dropped."""
    return '"' + label.replace('"', "") + '"'


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("query", ["*:*", "食品", "title:食品 OR tags:预算"])
def test_against_a_plain_filter(index, documents, query, seed):
    chance = random.Random(seed)
    labels = chance.sample(LABELS, chance.randrange(1, 4))
    allowed = [
        doc
        for doc in documents
        if {label.replace('"', "") for label in labels} & set(doc["permission_labels"])
        and _matches(query, doc)
    ]

    answer = index.search(
        query,
        {
            **CKAN_WORDS,
            "defType": "dismax" if ":" not in query else "lucene",
            "fq": ["+permission_labels:(" + " OR ".join(map(literal, labels)) + ")"],
            "fl": "name",
            "rows": 1000,
            "facet": "true",
            "facet.field": ["tags", "capacity"],
            "facet.mincount": 1,
        },
    )

    assert {doc["name"] for doc in answer["response"]["docs"]} == {
        doc["name"] for doc in allowed
    }
    assert answer["response"]["numFound"] == len(allowed)
    flat = answer["facet_counts"]["facet_fields"]["tags"]
    assert dict(zip(flat[::2], flat[1::2], strict=True)) == {
        tag: count
        for tag in TAGS
        if (count := sum(tag in doc["tags"] for doc in allowed))
    }


def _matches(query: str, doc: dict) -> bool:
    if query == "*:*":
        return True
    if query == "食品":
        return doc["title"] == "食品" or "食品" in doc["tags"]
    return doc["title"] == "食品" or "预算" in doc["tags"]
