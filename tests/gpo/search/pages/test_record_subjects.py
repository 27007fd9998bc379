"""Records of one subject stand together, and the subject is named once."""

from __future__ import annotations

from typing import Any

from ckanext.gpo.search.pages.record_subjects import MOST, group

PROJECT = {"kind": "project", "code": "2019-320402", "title": "青龙小学", "url": "/p"}


def record(
    dataset: str, title: str, subject: dict[str, str] | None = None
) -> dict[str, Any]:
    return {"dataset": dataset, "title": title, "subject": subject}


def test_a_subject_is_there_once_with_its_tables():
    permits = [record("permits", "青龙小学", PROJECT) for _ in range(2)]
    bids = record("bids", "青龙小学一期", PROJECT)

    (subject,) = group([permits[0], bids, permits[1]])

    assert (subject.title, subject.url) == ("青龙小学", "/p")
    assert {name: table.count for name, table in subject.tables.items()} == {
        "permits": 2,
        "bids": 1,
    }
    assert subject.tables["permits"].record is permits[0]


def test_records_without_a_subject_that_are_called_alike_stand_together():
    subjects = group([record(name, "青龙文化站") for name in "abc"])

    assert [(each.title, list(each.tables)) for each in subjects] == [
        ("青龙文化站", ["a", "b", "c"])
    ]


def test_the_first_subjects_are_kept():
    subjects = group([record("a", f"第{number}个") for number in range(MOST + 2)])

    assert [each.title for each in subjects] == ["第0个", "第1个", "第2个"]


def test_no_records_have_no_subjects():
    assert group([]) == []
