"""Text into tokens: what is indexed of a text, and what of a query is looked for.

Every Chinese character takes one position, and so does every word of another script, so
that a phrase is found wherever it stands, however the words around it were cut. The
words of the segmenter lie over the characters at the position of their first one:

    天宁区食品监管   天0 宁1 区2 食3 品4 监5 管6 + 天宁区0 天宁0 食品3 监管5

So do the pairs of neighbours, marked, from which phrases are found: a row of pairs is
far rarer than a row of characters, and takes a tenth of the time.

Width, case, traditional characters and numbers are folded (`folding`); words of other
scripts are split where letters meet digits or punctuation, as Solr's WordDelimiter does
for CKAN, and stemmed where the schema says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import tantivy

from . import pinyin
from .folding import fold
from .segmenter import Segmenter
from .style import Style
from .words import Synonyms

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUNS = re.compile(rf"[{HAN}]+|(?:[^\W_{HAN}]|['’](?=[^\W_{HAN}]))+")
SCRIPTS = re.compile(rf"[{HAN}]+|[^{HAN}]+")
IS_HAN = re.compile(rf"[{HAN}]")
WORD_PARTS = re.compile(r"\d+|[^\W\d_]+")
POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)

NGRAM = 2
"""Length of the pieces of an n-gram field; longer queries are phrases of them."""


Token = tuple[str, int]
"""A term of the index and its position in the text. Millions of them are made."""


PAIR = "\ue002"
"""Before a pair of characters, so that it is not taken for a word of two; it sorts behind
all words."""


BREAK: Token = ("", -1)
"""A Chinese word between two words of other scripts, which are then no neighbours."""


@dataclass(frozen=True)
class Unit:
    """One word of a query: what it may be found as.

    `pairs` are the tokens of a phrase that finds the word in any text, `parts` are
    shorter words that together say the same, `synonyms` other words for it.
    """

    text: str
    pairs: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


class Analyser:
    """Cuts text for the index and for queries, in the style of the field it is for."""

    def __init__(
        self,
        segmenter: Segmenter,
        synonyms: Synonyms,
        stopwords: frozenset[str] = frozenset(),
    ) -> None:
        self.segmenter = segmenter
        self.synonyms = synonyms
        self.stopwords = stopwords

    def index_tokens(self, text: str, style: Style) -> list[Token]:
        """All tokens of a text in the order of their positions."""
        tokens: list[Token] = []
        position = 0
        previous = ""  # the Chinese character that stands right before
        for chunk in fold(text).split():
            words: list[Token] = []
            for run in RUNS.findall(chunk):
                if IS_HAN.match(run):
                    if previous:
                        tokens.append((PAIR + previous + run[0], position - 1))
                    previous = run[-1]
                    tokens += self._han_tokens(run, position)
                    position += len(run)
                    words.append(BREAK)
                else:
                    previous = ""
                    for word in split_word(run, split_case=style.split_case):
                        words.append((word, position))
                        position += 1
            tokens += [
                (normal(word, stem=style.stem), place)
                for word, place in (*words, *joined(words))
                if word
            ]
        tokens.sort(key=itemgetter(1))
        return tokens

    def _han_tokens(self, run: str, position: int) -> list[Token]:
        tokens = list(zip(run, range(position, position + len(run)), strict=True))
        if len(run) > 1:
            tokens += character_pairs(run, position)
        tokens += [
            (word, position + start)
            for word, start in self.segmenter.cut_for_search(run)
            if len(word) > 1
        ]
        return tokens

    def phrase_tokens(
        self, text: str, style: Style, *, loosely: bool = False
    ) -> list[Token]:
        """The tokens that must stand in this order for a phrase to be found.

        `loosely`: others may stand between them, so that they are no pairs.
        """
        tokens: list[Token] = []
        position = 0
        for is_han, group in groupby(RUNS.findall(fold(text)), key=_is_han):
            if is_han:
                run = "".join(group)
                tokens += (
                    positioned(run, position)
                    if loosely
                    else character_pairs(run, position)
                )
                position += len(run)
                continue
            for part in group:
                for word in split_word(part, split_case=style.split_case):
                    tokens.append((normal(word, stem=style.stem), position))
                    position += 1
        return tokens

    def units(self, text: str, style: Style) -> list[Unit]:
        """The words of a query text, in order."""
        units: list[Unit] = []
        for run in RUNS.findall(fold(text)):
            if IS_HAN.match(run):
                units += [self._han_unit(word) for word in self.segmenter.cut(run)]
            else:
                units += [
                    Unit(
                        normal(word, stem=style.stem),
                        synonyms=self.synonyms.lookup(word.lower()),
                    )
                    for word in split_word(run, split_case=style.split_case)
                ]
        return units

    def pieces(self, text: str) -> list[str]:
        """A query text without blanks, cut between Chinese words and other scripts.

        Each piece counts as one word of the query: 天宁区2024年 → 天宁区, 2024, 年. What
        only makes a question of it is left out: 怎么申请法律援助 → 法律援助.
        """
        pieces: list[str] = []
        for run in SCRIPTS.findall(fold(text)):
            if IS_HAN.match(run):
                pieces += self.segmenter.cut(run)
            elif RUNS.search(run):
                pieces += run.split()
        return [piece for piece in pieces if piece not in self.stopwords] or pieces

    def runs(self, text: str) -> list[str]:
        """The same, with neighbouring Chinese words joined again."""
        runs: list[str] = []
        han = False
        for piece in self.pieces(text):
            is_han = bool(IS_HAN.match(piece))
            if han and is_han and runs[-1] + piece in text:
                runs[-1] += piece
            else:
                runs.append(piece)
            han = is_han
        return runs

    def sound_tokens(self, text: str) -> list[Token]:
        """What the Chinese in a text sounds like; see `pinyin`."""
        characters: list[str] = []
        words: list[Token] = []
        for run in RUNS.findall(fold(text)):
            if IS_HAN.match(run):
                words += [
                    (word, len(characters) + place)
                    for word, place in self.segmenter.cut_for_search(run)
                    if len(word) > 1
                ]
                characters += run
            else:
                characters.append("")
        tokens = pinyin.tokens(characters, words)
        tokens.sort(key=itemgetter(1))
        return tokens

    def _han_unit(self, word: str) -> Unit:
        return Unit(
            word,
            pairs=tuple(pair for pair, _ in character_pairs(word))
            if len(word) > 1
            else (),
            parts=self.segmenter.parts(word),
            synonyms=self.synonyms.lookup(word),
        )


def _is_han(run: str) -> bool:
    return IS_HAN.match(run) is not None


def character_pairs(run: str, position: int = 0) -> list[Token]:
    """Chinese characters in a row as the pairs that the index holds; one stands alone."""
    if len(run) == 1:
        return [(run, position)]
    return [
        (PAIR + run[index : index + 2], position + index)
        for index in range(len(run) - 1)
    ]


def split_word(run: str, *, split_case: bool) -> list[str]:
    """Parts of a word of letters and digits: `WiFi6` → Wi, Fi, 6."""
    if run.isdigit():
        return [run]
    parts: list[str] = []
    for part in WORD_PARTS.findall(POSSESSIVE.sub("", run)):
        if split_case and not (part.islower() or part.isupper() or part.isdigit()):
            parts += split_at_capitals(part)
        else:
            parts.append(part)
    return parts


def split_at_capitals(word: str) -> list[str]:
    """Cut where a small letter is followed by a capital one: `openData` → open, Data."""
    parts = [word[0]]
    for previous, char in zip(word, word[1:], strict=False):
        if previous.islower() and char.isupper():
            parts.append(char)
        else:
            parts[-1] += char
    return parts


def joined(words: list[Token]) -> list[Token]:
    """Neighbouring words, and neighbouring numbers, of one chunk written together.

    `wi-fi` is found as `wifi`, `2024-01` as `202401`: Solr's catenateWords and
    catenateNumbers. They stand at the position of the first part.
    """
    if len(words) < 2:
        return []
    runs = (list(group) for _, group in groupby(words, key=_sort_of_word))
    return [
        ("".join(word for word, _ in run), run[0][1]) for run in runs if len(run) > 1
    ]


def _sort_of_word(token: Token) -> bool | None:
    word, _ = token
    return word.isdigit() if word else None


def positioned(words: Iterable[str], position: int = 0) -> list[Token]:
    """Words one behind the other."""
    return [(word, place) for place, word in enumerate(words, position)]


def ngrams(text: str) -> list[Token]:
    """Pieces of two characters, blanks included, of a folded text in small letters."""
    folded = fold(text).lower()
    return [(folded[i : i + NGRAM], i) for i in range(max(len(folded) - NGRAM + 1, 0))]


def normal(word: str, *, stem: bool) -> str:
    """A word in small letters; stemmed and without accents where the field asks for it."""
    lowered = word.lower()
    return stem_of(lowered) if stem else lowered


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """The English stem without accents, as Snowball gives it."""
    tokens = ENGLISH.analyze(word)
    return tokens[0] if tokens else word


ENGLISH = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    .filter(tantivy.Filter.stemmer("english"))
    .filter(tantivy.Filter.ascii_fold())
    .build()
)
