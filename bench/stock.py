"""CKAN's stock analysis in our engine: words are what stands between blanks.

Solr's whitespace tokenizer with the word delimiter, as CKAN's `schema.xml` asks for
them: an unspaced Chinese title is one token, but for its digits and punctuation.
"""

from __future__ import annotations

from pathlib import Path

from ckanext.gpo.search.analysis.analyser import (
    Analyser,
    Token,
    Unit,
    normal,
    positioned,
)
from ckanext.gpo.search.analysis.analyser import split_word as split
from ckanext.gpo.search.analysis.segmenter import Segmenter
from ckanext.gpo.search.analysis.words import Synonyms
from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.index.documents import DocumentBuilder
from ckanext.gpo.search.index.solr_schema import Style


class StockAnalyser(Analyser):
    """Knows no Chinese word, no synonym, no width."""

    def __init__(self) -> None:
        super().__init__(Segmenter(), Synonyms(()))

    def index_tokens(self, text: str, style: Style) -> list[Token]:
        return self.phrase_tokens(text, style)

    def phrase_tokens(
        self, text: str, style: Style, *, loosely: bool = False
    ) -> list[Token]:
        del loosely
        return positioned(normal(word, stem=style.stem) for word in _words(text, style))

    def units(self, text: str, style: Style) -> list[Unit]:
        return [Unit(normal(word, stem=style.stem)) for word in _words(text, style)]

    def pieces(self, text: str) -> list[str]:
        return [text] if split(text, split_case=False) else []

    def runs(self, text: str) -> list[str]:
        """Nothing is guessed."""
        del text
        return []

    def sound_tokens(self, text: str) -> list[Token]:
        del text
        return []


def _words(text: str, style: Style) -> list[str]:
    return [
        word
        for chunk in text.split()
        for word in split(chunk, split_case=style.split_case)
    ]


def engine(folder: Path) -> Engine:
    """An empty engine that reads texts as CKAN's stock schema does."""
    engine = Engine(folder)
    engine.analyser = StockAnalyser()
    engine.builder = DocumentBuilder(engine.layout, engine.analyser)
    return engine
