"""DuckDB sees the folders that it is given and nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from ckanext.gpo.common import duck


def test_only_the_given_folders_are_read(tmp_path: Path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "rows.csv").write_text("a\n1\n")

    with duck.connect(inside) as db:
        path = duck.literal(str(inside / "rows.csv"))
        assert duck.one(db, f"SELECT a FROM read_csv({path})") == (1,)
        path = duck.literal(str(outside / "rows.csv"))
        with pytest.raises(duckdb.PermissionException):
            db.execute(f"SELECT a FROM read_csv({path})")


def test_its_settings_stay(tmp_path: Path):
    with duck.connect(tmp_path) as db, pytest.raises(duckdb.InvalidInputException):
        db.execute("SET memory_limit = '100GB'")


@pytest.mark.parametrize("text", ["plain", "it's", '"', "'; DROP TABLE rows; --"])
def test_quoted_names_and_texts_are_one_thing(tmp_path: Path, text: str):
    with duck.connect(tmp_path) as db:
        query = f"SELECT {duck.literal(text)} AS {duck.identifier(text)}"
        answer = db.execute(query)
        assert answer.description[0][0] == text
        assert answer.fetchone() == (text,)


def test_one_row_is_expected(tmp_path: Path):
    with duck.connect(tmp_path) as db, pytest.raises(LookupError):
        duck.one(db, "SELECT 1 WHERE false")
