"""A drop folder: which file is read, and that nothing outside it ever is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ckanext.gpo.harvest.extract import SourceFile
from ckanext.gpo.harvest.failures import HarvestError

from gpo_harvesters.files import FilesHarvester

from .conftest import Connect, MakeSource, Options

CSV = "编码,名称\nT01,示例馆\n"


@pytest.fixture
def folder(tmp_path: Path, connect: Connect) -> Path:
    folder = tmp_path / "报送"
    (folder / "文化").mkdir(parents=True)
    connect(str(folder))
    return folder


@pytest.fixture
def read(make_source: MakeSource) -> Callable[..., SourceFile]:
    def run(pattern: str, **options: Any) -> SourceFile:
        columns = {"venue_code": "编码"}
        return FilesHarvester().extract(
            *make_source("files", columns, file=pattern, **options)
        )

    return run


Read = Callable[..., SourceFile]


def _failure(read: Read, pattern: str) -> HarvestError:
    with pytest.raises(HarvestError) as raised:
        read(pattern)
    return raised.value


def _write(path: Path, content: str = CSV, age: int = 0) -> Path:
    path.write_text(content, "utf-8")
    os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    return path


class TestNewest:
    def test_the_latest_file_is_read(self, folder: Path, read: Read) -> None:
        _write(folder / "文化" / "机构9.csv", age=60)
        _write(folder / "文化" / "机构1.csv")
        file = read("文化/机构*.csv")
        assert file.label == "文化/机构1.csv"
        assert file.path == folder / "文化" / "机构1.csv"

    def test_of_equally_late_ones_the_last_by_name(
        self, folder: Path, read: Read
    ) -> None:
        _write(folder / "机构2025.csv")
        _write(folder / "机构2026.csv")
        assert read("*.csv").label == "机构2026.csv"

    def test_lock_files_hidden_files_and_folders_are_none(
        self, folder: Path, read: Read
    ) -> None:
        _write(folder / "a.csv", age=60)
        _write(folder / "~$a.csv")
        _write(folder / ".b.csv")
        (folder / "z.csv").mkdir()
        assert read("*.csv").label == "a.csv"

    def test_none_matches(self, folder: Path, read: Read) -> None:
        failure = _failure(read, "文化/*.xlsx")
        assert failure.code == "source-file-missing"
        assert "文化/*.xlsx" in failure.message


class TestInside:
    @pytest.mark.parametrize(
        "pattern", ["../*.csv", "文化/../../*.csv", "/etc/*.csv", "..//x.csv"]
    )
    def test_a_pattern_that_leads_out(
        self, pattern: str, folder: Path, read: Read
    ) -> None:
        _write(folder.parent / "geheim.csv")
        assert _failure(read, pattern).code == "source-file-unreadable"

    def test_a_link_that_leads_out(self, folder: Path, read: Read) -> None:
        _write(folder.parent / "geheim.csv")
        (folder / "a.csv").symlink_to(folder.parent / "geheim.csv")
        assert _failure(read, "*.csv").code == "source-file-unreadable"

    def test_a_linked_folder_that_leads_out(self, folder: Path, read: Read) -> None:
        other = folder.parent / "anderswo"
        other.mkdir()
        _write(other / "geheim.csv")
        (folder / "a").symlink_to(other)
        assert _failure(read, "a/*.csv").code == "source-file-unreadable"

    def test_a_link_within_is_fine(self, folder: Path, read: Read) -> None:
        _write(folder / "文化" / "a.csv")
        (folder / "neu.csv").symlink_to(folder / "文化" / "a.csv")
        assert read("*.csv").label == "neu.csv"

    def test_the_folder_itself_may_be_a_link(
        self, folder: Path, read: Read, connect: Connect
    ) -> None:
        _write(folder / "a.csv")
        (folder.parent / "link").symlink_to(folder)
        connect(str(folder.parent / "link"))
        assert read("*.csv").label == "a.csv"


class TestRefused:
    def test_a_file_beyond_the_limit(
        self, folder: Path, read: Read, options: Options
    ) -> None:
        options(max_file_size=1)
        _write(folder / "a.csv", CSV + "x" * (1 << 20))
        assert _failure(read, "*.csv").code == "source-file-too-large"

    @pytest.mark.parametrize(
        ("address", "code"),
        [
            (None, "source-connection-missing"),
            ("var/drop", "source-connection-missing"),
            ("/no/such/folder", "source-unreachable"),
        ],
    )
    def test_a_connection_that_is_no_folder(
        self,
        address: str | None,
        code: str,
        folder: Path,
        read: Read,
        connect: Connect,
    ) -> None:
        connect(address)
        failure = _failure(read, "*.csv")
        assert failure.code == code
        assert str(address) not in str(failure)


class TestDeclaration:
    def test_it_is_what_the_yaml_says_of_the_file(
        self, folder: Path, read: Read
    ) -> None:
        _write(folder / "a.csv")
        file = read("a.csv", sheet="免费开放", allow=["rows-hidden"])
        assert file.declaration == {
            "columns": {"venue_code": "编码"},
            "codes": {},
            "sheet": "免费开放",
            "allow": ["rows-hidden"],
        }

    def test_a_step_that_nobody_may_consent_to(self, folder: Path, read: Read) -> None:
        _write(folder / "a.csv")
        with pytest.raises(HarvestError) as raised:
            read("a.csv", allow=["merged-number"])
        assert raised.value.code == "source-invalid"
        assert "merged-number" in raised.value.message
