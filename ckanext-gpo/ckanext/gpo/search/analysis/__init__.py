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
    character_pairs,
    ngrams,
    normal,
    positioned,
    split_word,
)
from .folding import ORDINAL, RUN_TOGETHER, fold, fold_with_offsets, simplifications
from .pinyin import readings
from .segmenter import Segmenter
from .spans import Span, merge_spans
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
    "Span",
    "Style",
    "Synonyms",
    "Token",
    "Unit",
    "domain_segmenter",
    "domain_stopwords",
    "domain_synonyms",
    "fold",
    "positioned",
    "character_pairs",
    "lines",
    "merge_spans",
    "ngrams",
    "normal",
    "pinyin",
    "readings",
    "resource",
    "simplifications",
    "split_word",
    "fold_with_offsets",
    "warm_up",
]
