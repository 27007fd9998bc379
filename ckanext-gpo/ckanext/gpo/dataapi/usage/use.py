"""One use of a dataset, as it is counted."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from datetime import date
from enum import Enum


class Kind(str, Enum):
    """What somebody did."""

    VIEW = "view"
    DOWNLOAD = "download"
    CALL = "call"


@dataclass(frozen=True)
class Use:
    """What is counted together.

    :param day: in China
    :param dataset: name or id of a dataset, or id of its table; empty for calls about none
    :param format: of a download
    :param key: id of the API token that it was done with, if any
    """

    day: date
    kind: Kind
    dataset: str
    format: str = ""
    key: str = ""

    def __str__(self) -> str:
        day, kind, *rest = astuple(self)
        return json.dumps([day.isoformat(), kind.value, *rest], ensure_ascii=False)

    @classmethod
    def parse(cls, text: str) -> Use:
        day, kind, dataset, format_, key = json.loads(text)
        return cls(date.fromisoformat(day), Kind(kind), dataset, format_, key)
