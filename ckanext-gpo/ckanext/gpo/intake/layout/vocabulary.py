"""The labels under which a table's fields are known, and how freely they are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ckanext.gpo.common.labels import csv_labels, workbook_labels
from ckanext.gpo.intake.characters import squeeze
from ckanext.gpo.intake.units import suffix

Field = Mapping[str, Any]

_MARKS = "*※"
_REMARK = re.compile(r"\((?:必填|选填|可选|必选)项?\)$")


def fold(label: str) -> str:
    """A label without what offices add to it: widths, spaces, breaks, 必填 marks.

    >>> fold(" *项 目\\n名称（必填）")
    '项目名称'
    """
    text = squeeze(label)
    while (shorter := _without_marks(text)) != text:
        text = shorter
    return text


def _without_marks(label: str) -> str:
    return _REMARK.sub("", label.lstrip(_MARKS).rstrip(f"{_MARKS}:："))


def _casefold(label: str) -> str:
    return fold(label).casefold()


def _bare(label: str) -> str:
    return suffix(fold(label))[0].casefold()


FOLDS: Final[Sequence[Callable[[str], str]]] = (str, fold, _casefold, _bare)
"""Ever freer ways to compare labels; the first that knows a label decides."""


def field_unit(field: Field) -> str:
    """The unit of a field: its own, or the one that its title ends with."""
    return squeeze(field.get("unit", "")) or suffix(field.get("title", ""))[1]


@dataclass(frozen=True)
class Match:
    """Which fields a label may mean, how freely it was compared (index in `FOLDS`)."""

    names: frozenset[str]
    fold: int
    synonym: bool


class Vocabulary:
    """All labels of a table's fields.

    `declared`: field name → label, see `Declaration.columns`. A declared label means its
    field whatever else it could mean.
    """

    def __init__(self, fields: Sequence[Field], declared: Mapping[str, str]) -> None:
        self._declared = {fold(label): name for name, label in declared.items()}
        labels = _labels(fields)
        synonyms = {field["name"]: _synonyms(field) for field in fields}
        self._levels = [
            (_index(labels, compare), _index(synonyms, compare)) for compare in FOLDS
        ]

    def match(self, label: str) -> Match | None:
        """The fields that a label may mean; None if it is no label of the table."""
        declared = self._declared.get(fold(label))
        if declared:
            return Match(frozenset([declared]), 0, synonym=False)
        if not fold(label):
            return None
        for level, compare in enumerate(FOLDS):
            key = compare(label)
            for is_synonym, index in enumerate(self._levels[level]):
                if key in index:
                    return Match(index[key], level, bool(is_synonym))
        return None


def is_own_csv(labels: Sequence[str], fields: Sequence[dict[str, Any]]) -> bool:
    """Whether a header is that of the CSV file that we give out."""
    return _are_titled(fields) and labels == csv_labels(fields)


def is_own(labels: Sequence[str], fields: Sequence[dict[str, Any]]) -> bool:
    """Whether a header is that of a file that we give out, or of a program's CSV."""
    return (
        labels == [field["name"] for field in fields]
        or is_own_csv(labels, fields)
        or (_are_titled(fields) and labels == workbook_labels(fields))
    )


def _are_titled(fields: Sequence[Field]) -> bool:
    return all("title" in field for field in fields)


def _labels(fields: Sequence[Field]) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = {}
    for field in fields:
        texts = [field["name"], field.get("title", ""), field.get("title_en", "")]
        unit = field.get("unit")
        if unit and field.get("title"):
            texts.append(f"{field['title']}（{unit}）")
        labels[field["name"]] = [text for text in texts if text]
    return labels


def _synonyms(field: Field) -> list[str]:
    return list(field.get("gpo:synonyms", ()))


def _index(
    labels: Mapping[str, Sequence[str]], compare: Callable[[str], str]
) -> dict[str, frozenset[str]]:
    index: dict[str, frozenset[str]] = {}
    for name, texts in labels.items():
        for text in texts:
            key = compare(text)
            index[key] = index.get(key, frozenset()) | {name}
    return index
