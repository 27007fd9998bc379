"""One error of a report for the person who has to mend it: what, where, why, and how. Pure."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

from ckanext.gpo import intake
from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.faults import slip

from . import slips
from .rules import Translate
from .wording import column_label, remedy, rule_title

NOTED = frozenset({"code-error", "personal-data", "value-not-storable"})
"""Rules whose notes are of a kind of error; the notes of all others are of a row."""


class _Kind(NamedTuple):
    """What all errors of a kind share, whatever row they are in and value they have."""

    title: str
    label: str
    meaning: str
    expected: str
    fix: str


class Explainer:
    """Words errors of one table in one language; what they share is worded once."""

    def __init__(
        self, table: Table, translate: Translate, *, english: bool = False
    ) -> None:
        self._table = table
        # looking a sentence up costs more than filling it in
        self._translate = cache(translate)
        self._english = english
        self._fields = {field["name"]: field for field in table.fields}
        self._kinds: dict[tuple[Any, ...], _Kind] = {}
        # what one value of a column is, the next often is too
        self._likely = lru_cache(maxsize=1_000)(self._word_slip)

    def explain(self, fact: dict[str, Any]) -> dict[str, str]:
        """What a person needs to mend one error.

        :param fact: an error of a report, see `engine.check`
        :returns: `{title, label, message, meaning, expected, example, fix}`; `label` is the
            column's title, `example` a right value of it, empty where the error is of no
            one column; `meaning` is what the reader saw, empty for errors of the check
        """
        kind = self._kind(fact)
        field = self._fields.get(fact.get("field") or "")
        return {
            "title": kind.title,
            "label": kind.label,
            "message": self._message(fact, kind),
            "meaning": kind.meaning,
            "expected": kind.expected,
            "example": str(field.get("example") or "") if field else "",
            "fix": self._fix(fact, kind, field),
        }

    def _kind(self, fact: dict[str, Any]) -> _Kind:
        rule = fact["rule"]
        note = fact["note"] if rule in NOTED else ""
        shared = ("field", "label", "constraint", "reference")
        key = (rule, note, str(fact.get("facts")), *(fact.get(name) for name in shared))
        kind = self._kinds.get(key)
        if kind is None:
            kind = self._kinds[key] = self._word(fact)
        return kind

    def _word(self, fact: dict[str, Any]) -> _Kind:
        _ = self._translate
        label = column_label(fact.get("field"), self._table, self._english)
        label = label or fact.get("label", "")
        if intake.title(fact["rule"], _):
            # what the reader saw takes the place of what is expected
            title, meaning, fix = intake.words(fact["rule"], fact.get("facts", {}), _)
            return _Kind(title, label, meaning, "", fix)
        return _Kind(rule_title(fact["rule"], _), label, "", *remedy(fact, label, _))

    def _fix(
        self, fact: dict[str, Any], kind: _Kind, field: dict[str, Any] | None
    ) -> str:
        _ = self._translate
        parts: list[str] = []
        if other_row := fact.get("other_row"):
            same = _("Row {row} holds the same.").format(row=f"{other_row:,}")
            parts.append(same)
        value = fact.get("value")
        if field and isinstance(value, str):
            parts.append(self._likely(field["name"], value))
        words = kind.fix
        for part in reversed([part for part in parts if part]):
            words = _("{first} {second}").format(first=part, second=words)
        return words

    def _word_slip(self, name: str, value: str) -> str:
        field = self._fields[name]
        match = slip(value, field)
        return slips.remedy(match, value, field, self._translate) if match else ""

    def _message(self, fact: dict[str, Any], kind: _Kind) -> str:
        _ = self._translate
        title, value = kind.title, fact.get("value")
        if isinstance(value, str) and value:
            title = _("{title} “{value}”").format(title=title, value=value)
        place = self._place(fact, kind.label, title)
        if not kind.meaning:
            return place
        return _("{place}: {meaning}").format(place=place, meaning=kind.meaning)

    def _place(self, fact: dict[str, Any], label: str, title: str) -> str:
        _ = self._translate
        if "row" not in fact:
            return f"{title}：{label}" if label else title
        if label:
            return _("Row {row}, {label}: {title}").format(
                row=fact["row"], label=label, title=title
            )
        return _("Row {row}: {title}").format(row=fact["row"], title=title)


def explain(fact: dict[str, Any], table: Table, translate: Translate) -> dict[str, str]:
    """The words of one error alone, see `Explainer.explain`."""
    return Explainer(table, translate).explain(fact)
