"""A configset for Solr 9 that reads Chinese, for sites that do not use the embedded engine.

`python -m ckanext.gpo.search.solr_configset FOLDER`, or `ckan gpo-search solr-configset`.

The fields are those of the installed CKAN's own `schema.xml`; only how text is cut is
changed. Synonyms, stop words and simplified characters are the embedded engine's own.

    天宁区wifi → 天 宁 区 wifi → 天 天宁 宁 宁区 区 wifi

Solr has no segmenter that would take our dictionary, so a Chinese text is cut into pairs
of neighbours, from which every word in it is found, whether a dictionary has it or not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from .analysis import (
    ORDINAL,
    RUN_TOGETHER,
    Synonyms,
    domain_stopwords,
    domain_synonyms,
    lines,
    readings,
    resource,
    simplifications,
)
from .index import ckan_schema_text

SOLR_CONFIG = Path(__file__).with_name("solrconfig.xml")

SIMPLIFIED = "simplified.txt"
STOPWORDS = "stopwords.txt"
SYNONYMS = "synonyms.txt"
SOUNDS = "sounds.txt"
PROTECTED = "protwords.txt"

PAIRS = "org.apache.lucene.analysis.cjk.CJKAnalyzer"
"""How synonyms are read: as the pairs that a query is made of."""


def write(folder: Path) -> list[Path]:
    """Write all files of the configset; returns them."""
    folder.mkdir(parents=True, exist_ok=True)
    stopwords = {word: " " for word in sorted(domain_stopwords()) if len(word) > 1}
    traditional = {chr(code): char for code, char in simplifications().items()}
    files = {
        "schema.xml": schema(ckan_schema_text()),
        "solrconfig.xml": SOLR_CONFIG.read_text("utf-8"),
        SIMPLIFIED: _mapping(traditional),
        STOPWORDS: _mapping(stopwords),
        SYNONYMS: _synonyms(domain_synonyms()),
        SOUNDS: _sounds(_words()),
        PROTECTED: "",
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in files]


def _synonyms(synonyms: Synonyms) -> str:
    """In Solr a word before an arrow finds itself only if it stands behind it too."""
    equal = [", ".join(group) for group in synonyms.groups]
    mapped = [
        f"{word} => {', '.join([word, *others])}" for word, others in synonyms.mappings
    ]
    return "".join(f"{line}\n" for line in (*equal, *mapped))


def _words() -> list[str]:
    """Words of our domain that are Chinese throughout."""
    words = [*lines(resource("dictionary.txt")), *domain_synonyms().words]
    return [word for word in dict.fromkeys(words) if all(map(readings, word))]


def _sounds(words: Iterable[str]) -> str:
    """For the pinyin of words, and their initials, what a query may mean by it.

    `caizheng => caizheng, 财政`: the commonest reading of each character.
    """
    words_by_sound: dict[str, list[str]] = {}
    for word in words:
        syllables = [readings(char)[0] for char in word]
        initials = "".join(syllable[0] for syllable in syllables)
        for spelling in {"".join(syllables), initials}:
            if len(spelling) > 1:
                words_by_sound.setdefault(spelling, []).append(word)
    return "".join(
        f"{spelling} => {', '.join([spelling, *meanings])}\n"
        for spelling, meanings in sorted(words_by_sound.items())
    )


def _mapping(pairs: Mapping[str, str]) -> str:
    return "".join(f'"{one}" => "{other}"\n' for one, other in pairs.items())


def schema(text: str) -> str:
    """CKAN's schema, in which Chinese text is cut."""
    root = ET.fromstring(text)  # noqa: S314 - a file of the installed CKAN
    for analyzer in root.iter("analyzer"):
        is_query = analyzer.get("type") == "query"
        delimiter = analyzer.find(
            "filter[@class='solr.WordDelimiterGraphFilterFactory']"
        )
        if delimiter is not None:
            _cut(analyzer, is_query=is_query)
        _fold(analyzer, questions=is_query and delimiter is not None)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _fold(analyzer: ET.Element, *, questions: bool) -> None:
    """One form of width, of traditional characters, and of numbers of documents.

    :param questions: leave out what only makes a question of a query
    """
    rules = [
        _part("charFilter", "ICUNormalizer2CharFilter", form="nfkc", mode="compose"),
        _part("charFilter", "MappingCharFilter", mapping=SIMPLIFIED),
        *(
            _part(
                "charFilter",
                "PatternReplaceCharFilter",
                pattern=number.pattern,
                replacement=replacement,
            )
            for number, replacement in ((ORDINAL, " $1"), (RUN_TOGETHER, "$1 $2"))
        ),
    ]
    if questions:
        rules.append(_part("charFilter", "MappingCharFilter", mapping=STOPWORDS))
    for place, char_filter in enumerate(rules):
        analyzer.insert(place, char_filter)


def _cut(analyzer: ET.Element, *, is_query: bool) -> None:
    """Cut Chinese words into pairs, and look for synonyms among these."""
    synonyms = analyzer.find("filter[@synonyms]")
    if synonyms is not None:
        analyzer.remove(synonyms)
    tokenizer = analyzer.find("tokenizer")
    lower = analyzer.find("filter[@class='solr.LowerCaseFilterFactory']")
    assert tokenizer is not None  # noqa: S101 - every analyzer has one
    assert lower is not None  # noqa: S101 - CKAN's words are found in any case
    tokenizer.set("class", "solr.StandardTokenizerFactory")
    pairs = _part(
        "filter",
        "CJKBigramFilter",
        # A query of one character finds texts of more.
        outputUnigrams=str(not is_query).lower(),
    )
    analyzer.insert(list(analyzer).index(tokenizer) + 1, pairs)
    if is_query:
        equal = _part(
            "filter",
            "SynonymGraphFilter",
            # One filter: it takes no graph, as another one would give it.
            synonyms=f"{SOUNDS},{SYNONYMS}",
            analyzer=PAIRS,
            expand="true",
        )
        analyzer.insert(list(analyzer).index(lower) + 1, equal)


def _part(kind: str, name: str, **options: str) -> ET.Element:
    return ET.Element(kind, {"class": f"solr.{name}Factory", **options})


if __name__ == "__main__":
    write(Path(sys.argv[1]))
