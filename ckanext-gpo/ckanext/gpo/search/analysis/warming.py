"""Loads what reads Chinese before anybody asks, in the process that others are forked from.

Workers then share it, and the first reader of each does not wait for it.
"""

from __future__ import annotations

from . import pinyin
from .folding import fold
from .words import domain_segmenter, domain_synonyms

SAMPLE = "環境影響評價"


def warm_up() -> None:
    domain_segmenter(domain_synonyms()).cut(fold(SAMPLE))
    pinyin.splits("huanjing")
    pinyin.half_splits("huanj")
