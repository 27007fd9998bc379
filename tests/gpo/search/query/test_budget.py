"""However a query is made, it takes little memory and little work, or is refused.

What the engine cannot carry out within bounds would take the whole machine: so the worst
that is known runs in processes of their own, which the system ends at a limit.
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tantivy import Query

from ckan.lib.search import SearchQueryError

from ckanext.gpo.search.adapter.connection import Connection, solr_errors
from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.errors import CostError, Excess, QueryError
from ckanext.gpo.search.index.combining import VisibleDocuments
from ckanext.gpo.search.query.lucene import Scope
from ckanext.gpo.search.query.partial_match import MAX_WORDS, PartialMatch

from bench.relevance import WORDS
from tests.effort import times
from tests.gpo.search.conftest import CKAN_LUCENE, document

MEMORY = 512 << 20
"""Bytes that a search may take besides what the process has; it takes a tenth."""

SECONDS = 20
"""Of the processor; a search takes a hundredth."""

FORMS = {
    "words": WORDS,
    "edismax": {**WORDS, "defType": "edismax"},
    "lucene": CKAN_LUCENE,
}


@pytest.fixture(scope="module")
def repetitive(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An index of texts in which the same words stand again and again."""
    engine = Engine(tmp_path_factory.mktemp("repetitive"))
    texts = ["食品 " * 400, "食 x " * 400, "食品经营 许可，环境 " * 200, "a b c " * 400]
    fields = [
        {"name": f"n{at}", "title": "食品", "notes": text}
        for at, text in enumerate(texts)
    ]
    engine.add([document(at, part) for at, part in enumerate(fields)], commit=True)
    engine.search("食品", WORDS)
    return engine


def bounded(work: Callable[[], object]) -> None:
    """Run in a forked process, which the system ends when it takes too much."""
    child = os.fork()
    if not child:
        code = 1
        with suppress(BaseException):
            taken = int(Path("/proc/self/statm").read_text().split()[5]) * 4096
            resource.setrlimit(resource.RLIMIT_DATA, (taken + MEMORY,) * 2)
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            with suppress(QueryError):
                work()
            code = 0
        os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        pytest.fail(f"ended by {signal.Signals(os.WTERMSIG(status)).name}")
    assert os.waitstatus_to_exitcode(status) == 0


LOOSE = [
    'notes:"' + "食 " * 20 + '"~1000',
    'notes:"' + "食 " * 4_000 + '"~1000',
    'notes:"' + "食 x " * 12 + '"~50',
    'notes:"' + "a b c " * 8 + '"~200',
    'notes:"食品经营许可环境食品经营许可"~99999999999999999999',
    '"' + "食" * 30 + '"~7',
]


@pytest.mark.parametrize("query", LOOSE)
@pytest.mark.parametrize("form", FORMS)
def test_loose_phrases(repetitive, query, form):
    highlight = {"hl": "true", "hl.fl": "*"}
    bounded(lambda: repetitive.search(query, FORMS[form] | highlight))
    bounded(lambda: repetitive.search("*:*", {"fq": [query], "df": "text"}))


def test_guesses(repetitive):
    bounded(lambda: repetitive.search(" ".join(["食" * 24] * 8), WORDS))
    bounded(lambda: repetitive.search(" ".join(["xianxian" * 3] * 8), WORDS))


@pytest.mark.parametrize(
    "pieces",
    [
        ["许可证管理办法"] * 9,
        ["甲乙丙丁" * 200],
        ["x1" * 400],
        [f"x{n}" for n in range(99)],
    ],
)
def test_some_of_the_words_are_looked_at_of_any_text(repetitive, pieces):
    counted: list[Query] = []

    class NothingVisible(VisibleDocuments):
        def count(self, query: Query) -> int:
            counted.append(query)
            return 0  # as if none stood anywhere: then characters are tried too

    matcher = repetitive._search().matcher
    nothing = NothingVisible(matcher.searcher, [])
    PartialMatch(matcher, Scope((("text", 1.0),)), nothing).query(pieces)
    assert 0 < len(counted) <= MAX_WORDS


class TestMeaning:
    """What a loose phrase finds has not changed where it was right."""

    @pytest.fixture(scope="class")
    def names(self, tmp_path_factory: pytest.TempPathFactory):
        engine = Engine(tmp_path_factory.mktemp("loose"))
        notes = {
            "near": "one two three four",
            "swapped": "two one three",
            "apart": "one " + "x " * 60 + "two " + "x " * 60 + "three",
            "twice": "one one two",
        }
        engine.add(
            [
                document(at, {"name": name, "title": "t", "notes": text})
                for at, (name, text) in enumerate(notes.items())
            ],
            commit=True,
        )

        def find(phrase: str) -> set[str]:
            found = engine.search(f"notes:{phrase}", {"fl": "name"})
            return {document["name"] for document in found["response"]["docs"]}

        return find

    def test_distance(self, names):
        assert names('"one two three"') == {"near"}
        assert names('"one three four"~1') == {"near"}
        assert names('"one two three"~3') == {"near", "swapped"}
        assert names('"one two three"~100') == {"near", "swapped", "apart"}

    def test_more_than_the_most_is_the_most(self, names):
        assert names('"one two three"~1000') == names('"one two three"~100')

    def test_a_word_twice_counts_once(self, names):
        assert names('"one one two"~3') >= {"twice", "near"}


PIECES = (
    *"食a9 +-!()[]{}^~\"*?:\\/'_,",
    *("食品", "a b", "  ", "\t", "&&", "||", "{!", "title:", "text:", "name:", "*:*"),
    *(" AND ", " OR ", " NOT ", " TO ", "NOW", "_query_", "/.*/", "~9", "^2"),
)
repeated = st.builds(
    lambda pieces, count: "".join(pieces) * count,
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4),
    st.sampled_from((1, 2, 20, 400, 9_000)),
)
junk = st.lists(repeated, min_size=1, max_size=4).map(
    lambda parts: "".join(parts)[:9_990]
)


@settings(
    max_examples=times(50, nightly=150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(query=junk, form=st.sampled_from(sorted(FORMS)))
def test_junk(repetitive, query, form):
    def search() -> None:
        for q, params in (
            (query, FORMS[form]),
            ("食品", {**FORMS[form], "fq": [query * 10]}),
        ):
            with suppress(QueryError):
                repetitive.search(q, {**params, "hl": "true", "hl.fl": "*"})

    bounded(search)


COSTLY = {
    Excess.CLAUSES: {"q": '"' * 9_990, "defType": "lucene"},
    Excess.PATTERNS: {"q": "name:(" + "*a* " * 30 + ")", "defType": "lucene"},
    Excess.COMPLEX_PATTERN: {"q": "name:/(.{1,50}a){30}/", "defType": "lucene"},
    Excess.NESTING: {"q": "(" * 3_000 + "a" + ")" * 3_000, "defType": "lucene"},
    Excess.LENGTH: {"q": "食" * 10_000},
    Excess.VALUES: {"q": "*:*", "sort": ",".join(["name asc"] * 11)},
}


@pytest.mark.parametrize("excess", Excess)
def test_what_is_too_much_has_a_code(repetitive, excess):
    with pytest.raises(CostError) as caught:
        repetitive.search(COSTLY[excess]["q"], COSTLY[excess])
    assert caught.value.excess == excess
    with pytest.raises(SearchQueryError, match=rf"\[{excess.value}\]"):
        Connection(repetitive).search(**COSTLY[excess])


def test_every_excess_has_advice():
    for excess in Excess:
        with pytest.raises(SearchQueryError), solr_errors():
            raise CostError(excess, "")
