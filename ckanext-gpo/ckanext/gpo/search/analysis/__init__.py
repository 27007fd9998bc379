"""Text into words: folded to one form, cut, stemmed, read as pinyin.

In: a text of a document or of a query, and the style of its field. Out: tokens with
their positions for the index, words and their synonyms for a query, syllables.
Knows nothing of fields, queries or CKAN.
"""

from __future__ import annotations

from . import pinyin
from .analyser import (
    HAN,
    IS_HAN,
    PAIR,
    RUNS,
    Analyser,
    Token,
    Unit,
    in_order,
    in_pairs,
    ngrams,
    normal,
    split_word,
)
from .folding import ORDINAL, RUN_TOGETHER, fold, simplified, traced
from .pinyin import readings
from .segmenter import Segmenter
from .style import Style
from .warming import warm_up
from .words import (
    Synonyms,
    domain_segmenter,
    domain_stopwords,
    domain_synonyms,
    lines,
    resource,
)

__all__ = [
    "Analyser",
    "HAN",
    "IS_HAN",
    "ORDINAL",
    "PAIR",
    "RUNS",
    "RUN_TOGETHER",
    "Segmenter",
    "Style",
    "Synonyms",
    "Token",
    "Unit",
    "domain_segmenter",
    "domain_stopwords",
    "domain_synonyms",
    "fold",
    "in_order",
    "in_pairs",
    "lines",
    "ngrams",
    "normal",
    "pinyin",
    "readings",
    "resource",
    "simplified",
    "split_word",
    "traced",
    "warm_up",
]
