"""A small index of records, and what a query finds in it as the finder does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ckanext.gpo.search.records import index, retrieval
from ckanext.gpo.search.records.fit import Level, best_fit
from ckanext.gpo.search.records.query import RecordQuery
from ckanext.gpo.search.records.walk import Walk

from bench.rows_corpus import COLUMNS, Row

ROWS = (
    Row(
        "91320402MA0000001P",
        "常州市恒源食品有限公司",
        "常州市天宁区青龙西路12号3幢",
        "JY13204022017000042",
        "常天行审〔2017〕42号",
    ),
    Row(
        "91320402MA0000002M",
        "江苏宏远建筑工程有限公司",
        "常州市天宁区青龙西路3号12幢",
        "JY13204022018000043",
        "常天行审〔2018〕142号",
    ),
    Row(
        "91320402MA0000003K",
        "常州重庆银行天宁支行",
        "常州市天宁区东经一二〇路1号",
        "JY13204022019000044",
        "建字第320402201900001号",
    ),
)

Matches = list[tuple[int, Level]]


@pytest.fixture(scope="session")
def match(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Matches]:
    """The places in ROWS that a query finds, best first, and how well they fit."""
    folder = tmp_path_factory.mktemp("records")
    roles = [column.role for column in COLUMNS]
    index.write(folder, roles, [(b"%d" % n, row) for n, row in enumerate(ROWS)])
    searcher = index.open_searcher(folder)

    def find(typed: str) -> Matches:
        query = RecordQuery.read(typed)
        if query is None:
            return []
        for retrieve, guess in (
            (retrieval.matching_keys, False),
            (retrieval.similar_keys, True),
        ):
            fits = [
                (int(key), fits.level)
                for _, key in retrieve(Walk(searcher, 10), query)
                if (
                    fits := best_fit(
                        query, COLUMNS, ROWS[int(key)]._asdict(), guess=guess
                    )
                )
            ]
            if fits:
                return sorted(fits, key=lambda each: each[1])
        return []

    return find
