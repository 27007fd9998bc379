"""How the texts of one field are cut."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """How a text is cut, besides what is the same for all texts.

    `stem`: words are indexed as their English stems. `split_case`: they are cut where a
    small letter is followed by a capital one.
    """

    stem: bool = False
    split_case: bool = False
