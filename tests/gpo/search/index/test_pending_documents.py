"""One dataset that is read where it waits to be indexed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.gpo.search.engine import Engine

from ..conftest import document


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(tmp_path)


def put(engine: Engine, title: str, name: str = "one") -> None:
    """Keep a document as a job does: many go into the index together."""
    made = document(1, {"id": f"id-of-{name}", "name": name, "title": title})
    engine.add([made], commit=True, wait=False)


def looked_up(engine: Engine, reference: str) -> list[str]:
    q = f'name:"{reference}" OR id:"{reference}"'
    answer = engine.look_up(reference, q, {"rows": 1})
    return [found["title"] for found in answer["response"]["docs"]]


def test_the_last_one_is_told_by_name_and_by_id(engine: Engine):
    put(engine, "first")
    put(engine, "last")

    assert looked_up(engine, "one") == looked_up(engine, "id-of-one") == ["last"]
    assert engine.index.pending.files(), "a look must not carry out what waits"


def test_it_is_what_the_index_says_later(engine: Engine):
    put(engine, "食品抽检")
    q = 'name:"one" OR id:"one"'
    before = engine.look_up("one", q, {"rows": 1})
    engine.commit()

    after = engine.look_up("one", q, {"rows": 1})
    assert before["response"] == after["response"]


def test_another_one_is_looked_for_in_the_index(engine: Engine):
    put(engine, "indexed", name="other")
    engine.commit()
    put(engine, "waits")

    assert looked_up(engine, "other") == ["indexed"]
    assert looked_up(engine, "none") == []


def test_what_is_to_be_deleted_is_gone(engine: Engine):
    put(engine, "indexed")
    engine.commit()
    engine.delete('name:"one"', commit=True, wait=False)

    assert looked_up(engine, "one") == []
