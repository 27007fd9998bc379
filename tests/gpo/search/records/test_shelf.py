"""Indexes of tables on disk: written beside, in place by one step, swept when cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.gpo.search.errors import DiskError
from ckanext.gpo.search.records.columns import Column, Role
from ckanext.gpo.search.records.query import RecordQuery
from ckanext.gpo.search.records.retrieval import matching_keys
from ckanext.gpo.search.records.shelf import (
    WRITING,
    Shelf,
    TableState,
    missing_states,
    surplus_tables,
)
from ckanext.gpo.search.records.walk import Walk

NAME = Column("name", "名称", "Name", Role.NAME)


def state(table: str = "t", mark: str = "1", *columns: Column) -> TableState:
    return TableState(table, mark, columns or (NAME,))


def write(shelf: Shelf, state: TableState, name: str, *, current: bool = True) -> bool:
    with shelf.writing() as is_ours:
        assert is_ours
        return shelf.write(state, [(b"key", [name])], lambda: current)


def found(shelf: Shelf, name: str, table: str = "t") -> bool:
    searcher = shelf.searchers().get(table)
    query = RecordQuery.read(name)
    assert query
    return bool(searcher and matching_keys(Walk(searcher, 10), query))


def test_a_new_state_takes_the_place_of_the_old_one(tmp_path: Path):
    shelf = Shelf(tmp_path)
    assert write(shelf, state(mark="1"), "旧名称")
    assert write(shelf, state(mark="2"), "新名称")

    assert not found(shelf, "旧名称")
    assert found(shelf, "新名称")
    assert len(shelf.tables()) == 1


def test_what_changed_while_it_was_read_is_not_served(tmp_path: Path):
    shelf = Shelf(tmp_path)
    write(shelf, state(mark="1"), "旧名称")

    assert not write(shelf, state(mark="2"), "新名称", current=False)
    assert found(shelf, "旧名称")
    assert missing_states(shelf, [state(mark="2")]) == [state(mark="2")]


def test_a_writer_that_fails_leaves_the_old_state(tmp_path: Path):
    shelf = Shelf(tmp_path)
    write(shelf, state(mark="1"), "旧名称")

    def cut_off():
        yield b"key", ["新名称"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), shelf.writing():
        shelf.write(state(mark="2"), cut_off(), lambda: True)

    assert found(shelf, "旧名称")
    assert shelf.tables().keys() == {"t"}


def test_what_a_killed_writer_left_is_no_table_and_goes(tmp_path: Path):
    (tmp_path / WRITING).mkdir()
    (tmp_path / WRITING / "half").touch()
    shelf = Shelf(tmp_path)

    assert not shelf.tables()
    assert write(shelf, state(), "名称")
    assert not (tmp_path / WRITING).exists()


def test_other_columns_or_rows_are_another_state(tmp_path: Path):
    shelf = Shelf(tmp_path)
    write(shelf, state(), "名称")
    code = Column("code", "编号", "", Role.NUMBER)

    assert shelf.holds(state())
    assert not shelf.holds(state(mark="2"))
    assert not shelf.holds(state("t", "1", NAME, code))


def test_a_dropped_table_is_found_no_more(tmp_path: Path):
    shelf = Shelf(tmp_path)
    write(shelf, state("a"), "名称")
    write(shelf, state("b"), "名称")

    assert surplus_tables(shelf, [state("b")]) == ["a"]
    shelf.drop("a")
    assert not found(shelf, "名称", "a")
    assert found(shelf, "名称", "b")


def test_one_writes_at_a_time(tmp_path: Path):
    shelf = Shelf(tmp_path)
    with shelf.writing() as first, shelf.writing() as second:
        assert (first, second) == (True, False)


def test_a_shelf_that_was_never_filled_has_no_tables(tmp_path: Path):
    assert Shelf(tmp_path / "none").searchers() == {}


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path):
    shelf = Shelf(tmp_path)

    def fails():
        yield b"key", ["名称"]
        raise OSError("No space left on device")

    with pytest.raises(DiskError), shelf.writing():
        shelf.write(state(), fails(), lambda: True)
    assert not shelf.tables()
