"""Whatever piece of a title is typed, the dataset is found: all published tables."""

from __future__ import annotations

import re

import pytest

from ckanext.gpo.common.tables import tables
from ckanext.gpo.search.engine import Engine

from .conftest import CKAN_WORDS, document

CHINESE = re.compile("[\u4e00-\u9fff]+")


@pytest.fixture(scope="module")
def titles() -> dict[str, str]:
    return {table.dataset_name: table.title for table in tables().values()}


@pytest.fixture(scope="module")
def index(tmp_path_factory, titles) -> Engine:
    engine = Engine(tmp_path_factory.mktemp("recall"))
    documents = [
        document(number, {"name": name, "title": title})
        for number, (name, title) in enumerate(titles.items())
    ]
    engine.add(documents, commit=True)
    return engine


@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_every_piece_of_a_title_finds_all_that_contain_it(index, titles, length):
    pieces = {
        run[start : start + length]
        for title in titles.values()
        for run in CHINESE.findall(title)
        for start in range(len(run) - length + 1)
    }
    assert len(pieces) > 50
    for piece in pieces:
        answer = index.search(piece, {**CKAN_WORDS, "fl": "name", "rows": 100})
        found = {doc["name"] for doc in answer["response"]["docs"]}
        expected = {name for name, title in titles.items() if piece in title}
        assert expected <= found, piece


def test_a_whole_title_finds_its_dataset_first(index, titles):
    for name, title in titles.items():
        answer = index.search(title, {**CKAN_WORDS, "fl": "name", "rows": 1})
        assert answer["response"]["docs"] == [{"name": name}], title
