"""The tables that a start ends with."""

from __future__ import annotations

from pathlib import Path

from launcher.outcome import describe_publications, describe_rejections, mails


def domain(title: str, name: str, *, public: int, every: int, rows: int) -> dict:
    counts = {"published": public, "datasets": every, "rows": rows}
    return {"title": title, "name": name, "counts": counts}


def test_published_is_counted_by_domain_and_in_all():
    text = describe_publications(
        [
            domain("税收管理", "tax", public=3, every=3, rows=4000),
            domain("城乡规划", "planning", public=2, every=3, rows=53200),
        ]
    )

    lines = [line.split() for line in text.splitlines()]
    assert lines[1] == ["税收管理", "tax", "3", "3", "4,000"]
    assert lines[-1] == ["合计", "total", "5", "6", "57,200"]


def test_only_rejected_candidates_are_listed():
    passed = {"state": "published", "title": "好", "dataset": "good", "error_count": 0}
    faulty = {"state": "rejected", "title": "错", "dataset": "bad", "error_count": 7}

    text = describe_rejections([passed, faulty])

    assert "good" not in text
    assert text.splitlines()[1].split() == ["错", "bad", "7"]


def test_no_rejection_is_said_too():
    assert "Nothing rejected" in describe_rejections([])


def test_where_mails_go():
    folder = Path("/srv/gpo/mails")

    assert str(folder) in mails(None, folder)
    assert mails("mail.example.org:587", folder).endswith("mail.example.org:587")
