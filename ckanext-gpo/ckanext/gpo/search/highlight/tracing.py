"""Where in a text stands what is looked for.

A text is written once more as a chain of what the index counts as one position each: a
Chinese character stands for itself, another word, in the form that the index has it in,
stands between two marks. A row of terms is then a piece of that chain, found as fast as
any piece of text, and every link of the chain knows where in the text it comes from:

    食品、Food-Licences  →  食 品 ⟨food⟩ ⟨licenc⟩
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby, pairwise

from ckanext.gpo.search.analysis import (
    IS_HAN,
    PAIR,
    RUNS,
    Analyser,
    Span,
    Style,
    Token,
    fold_with_offsets,
    normal,
    pinyin,
    split_word,
)
from ckanext.gpo.search.query import Accept

LINK = re.compile("(?s:\0[^\0]*\0|.)")
ANY = "(?:\0[^\0]*\0|[^\0])"


class Trace:
    """A text in which terms can be found; all spans are those of the text as given."""

    def __init__(self, text: str, style: Style) -> None:
        self.style = style
        self.folded, self._starts, self._ends = fold_with_offsets(text)
        self._begins: list[int] = []
        self._stops: list[int] = []
        self.joined: list[tuple[str, Span]] = []
        """Words and numbers written with a hyphen or the like, as one: wi-fi as wifi."""
        self.chain = self._chained()

    def _chained(self) -> str:
        parts: list[str] = []
        chunk: list[tuple[str, Span]] = []
        for run in RUNS.finditer(self.folded):
            first, last = run.span()
            if chunk and not _together(self.folded[chunk[-1][1][1] : first]):
                self._join(chunk)
                chunk = []
            if IS_HAN.match(run[0]):
                parts.append(run[0])
                self._begins += range(first, last)
                self._stops += range(first + 1, last + 1)
                self._join(chunk)
                chunk = []
                continue
            place = first
            for word in split_word(run[0], split_case=self.style.split_case):
                place = self.folded.index(word, place)
                end = place + len(word)
                link = f"\0{normal(word, stem=self.style.stem)}\0"
                parts.append(link)
                self._begins += [place] * len(link)
                self._stops += [end] * len(link)
                chunk.append((word, (place, end)))
                place = end
        self._join(chunk)
        return "".join(parts)

    def _join(self, chunk: list[tuple[str, Span]]) -> None:
        if len(chunk) < 2:
            return
        for _, group in groupby(chunk, key=lambda word: word[0].isdigit()):
            words = list(group)
            if len(words) > 1:
                whole = normal("".join(w for w, _ in words), stem=self.style.stem)
                span = (words[0][1][0], words[-1][1][1])
                self.joined.append((whole, self._original_span(*span)))

    def _original_span(self, first: int, last: int) -> Span:
        """A span of the folded text as one of the text that was given."""
        return self._starts[first], self._ends[last - 1]

    def _span(self, first: int, last: int) -> Span:
        return self._original_span(self._begins[first], self._stops[last - 1])

    def literal(self, row: str) -> Iterator[Span]:
        """Where a row of links stands."""
        place = self.chain.find(row)
        while place >= 0:
            yield self._span(place, place + len(row))
            place = self.chain.find(row, place + len(row))

    def loose(self, row: re.Pattern[str]) -> Iterator[Span]:
        """Where the groups of a row with others in between stand."""
        for match in row.finditer(self.chain):
            for group in range(1, len(match.regs)):
                yield self._span(*match.span(group))

    def plain(self, piece: str) -> Iterator[Span]:
        """Where a piece of folded text in small letters stands, words or not."""
        lowered = self.folded.lower()
        if len(lowered) != len(self.folded):
            return
        place = lowered.find(piece)
        while place >= 0:
            yield self._original_span(place, place + len(piece))
            place = lowered.find(piece, place + len(piece))

    @cached_property
    def links(self) -> list[Span]:
        """The span of every position."""
        return [self._span(*match.span()) for match in LINK.finditer(self.chain)]

    def accepted(self, tokens: Iterable[Token], accept: Accept) -> Iterator[Span]:
        """The terms of the text that a function accepts."""
        for term, place in tokens:
            if not term.startswith(PAIR) and accept(term):
                length = len(term) if IS_HAN.match(term) else 1
                yield self.links[place][0], self.links[place + length - 1][1]


def _together(gap: str) -> bool:
    """Whether two runs are of one chunk: no blank stands between them."""
    return not any(char.isspace() for char in gap)


def row_of_links(tokens: Sequence[Token]) -> str | None:
    """A row of terms as a piece of the chain; None if there are gaps in it."""
    links = _links(tokens)
    if list(links) != list(range(min(links), max(links) + 1)):
        return None
    return "".join(links.values())


def pattern_of_links(tokens: Sequence[Token], slop: int) -> re.Pattern[str]:
    """A row of terms with others between them, each part of it a group."""
    links = sorted(_links(tokens).items())
    parts = [f"({re.escape(links[0][1])})"]
    for (previous, _), (place, link) in pairwise(links):
        gap = place - previous - 1
        filler = f"{ANY}{{{gap},{gap + slop}}}?" if gap + slop else ""
        parts.append(f"{filler}({re.escape(link)})")
    return re.compile("".join(parts))


def _links(tokens: Sequence[Token]) -> dict[int, str]:
    links: dict[int, str] = {}
    for term, place in tokens:
        word = term.removeprefix(PAIR)
        if IS_HAN.match(word):
            links.update(enumerate(word, place))
        else:
            links[place] = f"\0{word}\0"
    return dict(sorted(links.items()))


class PinyinTrace:
    """A text in which Chinese is found by the way it is read; see `pinyin`."""

    def __init__(self, text: str, analyser: Analyser) -> None:
        folded, starts, ends = fold_with_offsets(text)
        self._spans: list[Span] = []
        self._readings: list[frozenset[str]] = []
        self._words: list[tuple[str, Span]] = []
        for run in RUNS.finditer(folded):
            first, last = run.span()
            if not IS_HAN.match(run[0]):
                self._spans.append((starts[first], ends[last - 1]))
                self._readings.append(frozenset())
                continue
            self._readings += map(_pinyin_of, run[0])
            self._spans += zip(starts[first:last], ends[first:last], strict=True)
            for word, place in analyser.segmenter.cut_for_search(run[0]):
                read = "".join(ways[0] for c in word if (ways := pinyin.readings(c)))
                span = (starts[first + place], ends[first + place + len(word) - 1])
                self._words.append((pinyin.WORD + read, span))
        self._places: dict[str, list[int]] = {}
        for place, syllables in enumerate(self._readings):
            for sound in syllables:
                self._places.setdefault(sound, []).append(place)

    def accepted(self, accept: Accept) -> Iterator[Span]:
        """The words whose pinyin, marked as one, a function accepts."""
        return (span for read, span in self._words if accept(read))

    def row(self, tokens: Sequence[Token]) -> Iterator[Span]:
        """Where characters sound like these syllables or initials, in this order."""
        terms = [term for term, _ in tokens]
        if terms[0].startswith(pinyin.WORD):
            yield from self.accepted(terms[0].__eq__)
            return
        if terms[0].startswith(pinyin.INITIALS):
            letters = terms[0][1:] + "".join(term[-1] for term in terms[1:])
            terms = [pinyin.INITIALS + letter for letter in letters]
        for first in self._places.get(terms[0], ()):
            last = first + len(terms) - 1
            if last < len(self._readings) and all(
                term in syllables
                for term, syllables in zip(terms, self._readings[first:], strict=False)
            ):
                yield self._spans[first][0], self._spans[last][1]


@lru_cache(maxsize=2_000)
def _pinyin_of(char: str) -> frozenset[str]:
    """The syllables of a character, and their first letters, marked."""
    ways = pinyin.readings(char)
    return frozenset({*ways, *(pinyin.INITIALS + way[0] for way in ways)})
