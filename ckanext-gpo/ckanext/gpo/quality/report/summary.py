"""What many faults have in common, a sentence for each rule and field. Pure.

第12列“统一社会信用代码”：37行代码无效（校验位不符，占0.4%），多数少1个字符。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import slips
from .rules import Translate
from .wording import personal_data, rule_title

Pattern = dict[str, Any]

MOST = 0.5
"""The part of the faults from which on something holds of most of them."""


def sentence(pattern: Pattern, label: str, _: Translate) -> str:
    """A pattern of `faults.Patterns` for people; `label` is the title of its column."""
    title = _title(pattern, _)
    if pattern["rows"]:
        count = f"{pattern['rows']:,}"
        words = _("{title}, rows: {count}").format(title=title, count=count)
    elif pattern["faults"] == 1:
        words = title
    else:
        count = f"{pattern['faults']:,}"
        words = _("{title}, times: {count}").format(title=title, count=count)
    for detail in _details(pattern, _):
        words = _("{sentence}, {detail}").format(sentence=words, detail=detail)
    place = _place(pattern, label, _)
    return (
        _("{place}: {meaning}").format(place=place, meaning=words) if place else words
    )


def _place(pattern: Pattern, label: str, _: Translate) -> str:
    if pattern["column"] and label:
        return _("Column {number} “{label}”").format(
            number=pattern["column"], label=label
        )
    return _("“{label}”").format(label=label) if label else ""


def _title(pattern: Pattern, _: Translate) -> str:
    title = rule_title(pattern["rule"], _)
    if hint := _hints(_).get(pattern["hint"]):
        return _("{title} ({hint})").format(title=title, hint=hint)
    return title


def _details(pattern: Pattern, _: Translate) -> Iterator[str]:
    if pattern["share"] >= 0.001 and pattern["run"] != "all":
        yield _("{share} of all rows").format(share=f"{pattern['share']:.1%}")
    if pattern["slips"] >= MOST * pattern["faults"]:
        meaning = slips.common(pattern["slip"], pattern["difference"], _)
        if pattern["slips"] == pattern["faults"]:
            yield _("all of them: {meaning}").format(meaning=meaning)
        else:
            yield _("most of them: {meaning}").format(meaning=meaning)
    elif pattern["slip"] and pattern["slips"] > 1:
        meaning = slips.common(pattern["slip"], pattern["difference"], _)
        count = f"{pattern['slips']:,}"
        yield _("{count} of them: {meaning}").format(count=count, meaning=meaning)
    if pattern["values"]:
        value, count = pattern["values"][0]
        yield _("most often “{value}” ({count} times)").format(
            value=value, count=f"{count:,}"
        )
    yield from _run(pattern, _)


def _run(pattern: Pattern, _: Translate) -> Iterator[str]:
    first, last = pattern["first_row"], pattern["last_row"]
    if pattern["run"] == "all":
        yield _("in every row")
    elif pattern["run"] == "from":
        yield _("in every row from row {row} on").format(row=f"{first:,}")
    elif pattern["run"] == "span":
        yield _("all of them in rows {first} to {last}").format(
            first=f"{first:,}", last=f"{last:,}"
        )
    elif first:
        yield _("first in row {row}").format(row=f"{first:,}")


def _hints(_: Translate) -> dict[str, str]:
    return {
        "uscc-length": _("wrong length"),
        "uscc-format": _("characters that do not belong there"),
        "uscc-checksum": _("the check digit does not fit"),
        "division": _("no such division"),
        **personal_data(_),
        "required": _("no value"),
        "enum": _("not in the list"),
        "pattern": _("wrong form"),
        "minimum": _("too small"),
        "maximum": _("too large"),
        "minLength": _("too short"),
        "maxLength": _("too long"),
        "unique": _("not unique"),
    }
