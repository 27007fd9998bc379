"""Whatever is asked, the answer is a result or a refusal that says why: never an error of
ours, and never more work than the engine's own limits allow.
"""

from __future__ import annotations

import itertools
import json
import resource
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

import ckan.plugins.toolkit as tk
from ckan import logic
from ckan.lib.search import SearchError
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.search.errors import Excess, QueryError
from ckanext.gpo.search.query import budget
from ckanext.gpo.search.query.terms import FieldTerms

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "gpo_search"),
    pytest.mark.ckan_config("ckan.auth.create_unowned_dataset", True),
]

API = "/api/3/action/package_search"

QUERIES = [
    '"',
    '"食品',
    'title:"食品',
    "(",
    ")",
    "((((",
    "title:(a OR",
    "[",
    "[a TO",
    "{a TO b]",
    "title:[TO]",
    "AND",
    "OR OR",
    "NOT",
    "a AND",
    "OR a",
    "+",
    "-",
    "--",
    "+ -",
    "&&",
    "||",
    "!",
    "~",
    "^",
    "*",
    "?",
    "**",
    "\\",
    ":",
    "a:",
    ":a",
    "a:b:c",
    "title:^9",
    "title:a^",
    "title:a~x",
    "title:a~-1",
    "食" * 10_000,
    "a " * 5_000,
    "a" * 9_999,
    "title:" + "a" * 9_000,
    "(" * 3_000,
    "(" * 3_000 + "a" + ")" * 3_000,
    "title:(" * 500 + "a" + ")" * 500,
    "-" * 5_000 + "a",
    "NOT " * 2_000 + "a",
    "!" * 5_000 + "a",
    '"a" ' * 2_400,
    "{!lucene}a",
    "{!}",
    "{!",
    "{!xmlparser v='<x/>'}",
    "{!func}sum(1,1)",
    "{!join from=a to=b}c",
    "a {!term f=name}b",
    '_query_:"{!func}1"',
    '_val_:"sum(1,1)"',
    "/(a+)+$/",
    "title:/(a+)+$/",
    "name:/(.*a){30}/",
    "name:/((a{1,100}){1,100}){1,100}/",
    "name:/(.{1,50}a){30}/",
    "name:/[/",
    "name:/(/",
    "update_freq:/(a|aa)+$/",
    "\x00",
    "\x00\x01\x1f食品",
    "\ud800",
    "\ufffe\uffff",
    "\u202e食品",
    "😀",
    "%00%ff",
    "<script>alert(1)</script>",
    "'; DROP TABLE package; --",
    "title:a^1e999",
    "title:a^" + "9" * 400,
    "title:a~" + "9" * 50,
    'title:"a b"~' + "9" * 50,
    "views_total:" + "9" * 50,
    "views_total:[1e400 TO *]",
    "metadata_modified:[NOW+" + "9" * 30 + "YEARS TO *]",
    "metadata_modified:[NOW/" + "X" * 100 + " TO *]",
    "metadata_modified:0000-00-00T00:00:00Z",
    "title:(" + " OR ".join(f"a{n}~2" for n in range(900)) + ")",
    "title:(" + " OR ".join(f"*a{n}*" for n in range(900)) + ")",
    "title:(" + " OR ".join(f"[a{n} TO b]" for n in range(500)) + ")",
    "name:" + "*a" * 2_000,
    "name:" + "?" * 2_000,
    "title:" + "食*" * 1_000,
]

PARAMS = [
    {"sort": "nothing asc"},
    {"sort": "title"},
    {"sort": "tags asc"},
    {"sort": "score"},
    {"sort": ","},
    {"sort": "sum(1,2) desc"},
    {"sort": ", ".join(["name asc"] * 5_000)},
    {"sort": "\x00 asc"},
    {"rows": "-1"},
    {"rows": "x"},
    {"rows": "9" * 100},
    {"rows": "1e9"},
    {"start": "-1"},
    {"start": "9" * 100},
    {"start": "NaN"},
    {"fl": "nothing"},
    {"fl": "*,score,[x]"},
    {"fl": "[" * 500},
    {"fq": "title:("},
    {"fq": "{!lucene}x"},
    {"fq": "x" * 150_000},
    {"qf": "title^x"},
    {"qf": "title^" + "9" * 400},
    {"qf": " ".join(f"f{n}" for n in range(9_000))},
    {"qf": "metadata_modified title"},
    {"mm": "x"},
    {"mm": "9" * 400 + "%"},
    {"mm": "2<3<4"},
    {"tie": "nan"},
    {"tie": "1e999"},
    {"defType": "magic"},
    {"defType": "edismax"},
    {"bf": "sum("},
    {"bf": "sum(" * 500},
    {"bf": "title"},
    {"bf": "recip(ms(NOW/X),1,1,1)"},
    {"bf": "div(1,0)^9 log(-1) pow(10,1000) exp(10000)"},
    {"bf": "1^1e400"},
    {"bf": "sum(" + ",".join("1" * 1_000) + ")"},
    {"boost": "sub(0,5)", "defType": "edismax"},
    {"boost": "nonsense(", "defType": "edismax"},
    {"hl": "true", "hl.fl": "*"},
    {"hl": "true", "hl.fl": "[" * 100 + "*" * 100},
    {"hl": "maybe"},
    {"hl": "true", "hl.snippets": "x"},
    {"hl": "true", "hl.snippets": "9" * 100, "hl.fragsize": "9" * 100},
    {"hl": "true", "hl.fragsize": "-5"},
    {"hl": "true", "hl.method": "magic"},
    {"hl": "true", "f.title.hl.fragsize": "x", "hl.fl": "title"},
    {"hl": "true", "f..hl.": "x"},
    {"facet": "maybe"},
    {"facet.limit": "x"},
    {"facet.limit": "-9"},
    {"facet.limit": "9" * 100},
    {"facet.mincount": "-1"},
    {"facet.field": "x"},
    {"facet.field": '["nothing", "text", "title_ngram", "metadata_modified"]'},
    {"facet.field": "[1]"},
    {"facet.field": json.dumps([f"f{n}" for n in range(500)])},
    {"facet.field": '["a\\u0000b", "\\\\", "x.y", "食品", ""]'},
    {"include_private": "maybe"},
    {"include_drafts": "\x00"},
    {"use_default_schema": "x"},
    {"gpo_passthrough": "x"},
    {"nonsense": "x"},
    {"wt": "xml"},
]

BODIES = [
    {"q": 5},
    {"q": ["a", "b"]},
    {"q": {"a": "b"}},
    {"q": None},
    {"fq": ["a"]},
    {"fq_list": "title:a"},
    {"fq_list": 5},
    {"fq_list": [5, None]},
    {"fq_list": ["title:a"] * 5_000},
    {"fq_list": ["x" * 60_000] * 3},
    {"sort": ["name asc"]},
    {"sort": 5},
    {"qf": ["title"]},
    {"mm": 2},
    {"mm": [2]},
    {"tie": [1]},
    {"bf": 5},
    {"bf": {"a": 1}},
    {"bf": ["views_total"] * 1_000},
    {"bf": [["views_total"]]},
    {"boost": [1, 2], "defType": "edismax"},
    {"defType": ["edismax"]},
    {"hl": True, "hl.fl": ["title", 5, None]},
    {"hl": {"a": 1}},
    {"hl": [], "hl.fl": {}},
    {"hl": True, "hl.snippets": {}, "hl.simple.pre": [1], "hl.method": []},
    {"facet.field": 5},
    {"facet": {}},
    {"start": {}},
    {"rows": [1]},
    {"rows": {"a": 1}},
    {"start": []},
    {"facet.mincount": [2]},
    {"facet.limit": {}},
    {"extras": "x", "ext_a": 1},
    {"extras": ["x"]},
    {"q": ["食品"]},
    {"fq": {"a": 1}},
    {"include_private": []},
    {"include_private": "perhaps"},
    {"gpo_passthrough": {"asked": {"hl": "true"}}},
]


class TestThroughTheSite:
    @pytest.fixture(autouse=True)
    def datasets(self, clean_db):
        factories.Dataset(
            title="食品经营许可",
            notes="a b <b>c</b>",
            extras=[{"key": "update_freq", "value": "每日"}],
        )

    @staticmethod
    def _is_sane(answer):
        said = json.loads(answer.body)
        if answer.status_code == 200:
            assert said["success"]
            assert said["result"]["count"] >= len(said["result"]["results"])
        else:
            assert answer.status_code in (400, 409), answer.body[:300]
            assert not said["success"]
            assert said["error"]

    def test_queries(self, app, subtests):
        for q in QUERIES:
            for params in ({"q": q}, {"q": q, "defType": "edismax"}, {"fq": q}):
                with subtests.test(q=q[:50], params=list(params)):
                    self._is_sane(app.post(API, json=params, status=None))

    def test_pages(self, app, subtests):
        for q in QUERIES:
            if len(q) > 2_000 or "\ud800" in q:
                continue  # longer than an address, or not to be written in one
            with subtests.test(q=q[:50]):
                page = app.get("/dataset/", query_string={"q": q}, status=None)
                assert page.status_code in (200, 400)

    def test_parameters(self, app, subtests):
        for params in PARAMS:
            asked = {"q": "食品", **params}
            with subtests.test(params=str(params)[:80]):
                self._is_sane(app.get(API, query_string=asked, status=None))
                self._is_sane(app.post(API, json=asked, status=None))

    def test_help_is_that_of_ckan(self):
        told = call_action("help_show", name="package_search")
        assert "Searches for packages satisfying a given search criteria" in told

    def test_values_of_other_types(self, app, subtests):
        for body in BODIES:
            with subtests.test(body=str(body)[:80]):
                self._is_sane(app.post(API, json={"q": "食品", **body}, status=None))


ENDLESS = [
    " " * 30_000,
    "a" + " " * 9_000 + "b",
    "+ " * 4_900,
    "食" * 9_990,
    "食品 " * 3_000,
    "shi " * 2_400,
    '"' * 9_990,
    "a^" * 4_990,
    "{!" * 4_990,
    "{!bool " + "must=a " * 1_400 + "}",
    "_query_ " * 1_200,
    "\\" * 9_990,
    "(" * 4_990 + ")" * 4_990,
    'title:"' + "食 " * 20 + '"~1000',
    "*a" * 4_000,
    "x" * 120_000,
]

SECONDS = 10
"""Of the processor for one call; none takes a tenth of that."""


@pytest.mark.usefixtures("clean_db")
class TestEndless:
    """Every action that searches, with texts that are as much work as any."""

    @staticmethod
    def _actions() -> list[str]:
        known = {*logic.get_action.__globals__["_actions"], "package_search"}
        return sorted(
            name
            for name in known
            if name.startswith("gpo_search_")
            or name.endswith(("_search", "_autocomplete"))
        )

    @pytest.fixture(autouse=True)
    def limited(self):
        """Memory, so that what has no bound ends the tests and not the machine."""
        now = resource.getrlimit(resource.RLIMIT_DATA)
        taken = int(Path("/proc/self/statm").read_text().split()[5]) * 4096
        resource.setrlimit(resource.RLIMIT_DATA, (taken + (1 << 30), now[1]))
        yield
        resource.setrlimit(resource.RLIMIT_DATA, now)

    def test_actions(self, app, subtests):
        factories.Dataset(title="食品 " * 40, notes="食 品 " * 2_000)
        tk.get_action("package_search")  # so that CKAN knows all actions
        actions = self._actions()
        assert {"package_search", "package_autocomplete", "gpo_search_find"} <= {
            *actions
        }
        for name in actions:
            for text in ENDLESS:
                for param in ("q", "fq"):
                    with subtests.test(name=name, param=param, text=text[:20]):
                        begun = time.process_time()
                        said = {"q": "食品", param: text, "id": text[:99]}
                        answer = app.post(
                            f"/api/3/action/{name}", json=said, status=None
                        )
                        assert time.process_time() - begun < SECONDS
                        if name in ("package_search", "package_autocomplete") or (
                            name.startswith("gpo_")
                        ):
                            assert answer.status_code < 500, answer.body[:300]

    def test_pages(self, app, subtests):
        factories.Dataset(title="食品 " * 40)
        for address in ("/dataset/", "/feeds/custom.atom"):
            for text in ENDLESS:
                for param in ("q", "fq"):
                    with subtests.test(address=address, text=text[:20]):
                        begun = time.process_time()
                        said = {"q": "食品", param: text}
                        with suppress(SearchError):  # the feed leaves it to others
                            app.get(address, query_string=said, status=None)
                        assert time.process_time() - begun < SECONDS


@pytest.fixture
def looked_through(monkeypatch):
    """How often the words of a field were looked through, by way."""
    counts: Counter[str] = Counter()

    def counting(name):
        method = getattr(FieldTerms, name)

        def counted(self, *args):
            counts[name] += 1
            return method(self, *args)

        return counted

    for name in ("regex", "fuzzy", "matching"):
        monkeypatch.setattr(FieldTerms, name, counting(name))
    return counts


@pytest.mark.parametrize(
    ("sort", "pattern"),
    [
        ("fuzzy", "a{}~2"),
        ("regex", "*a{}*"),
        ("regex", "/a{}.*/"),
        ("regex", "a{}b*"),
        ("matching", "[a{} TO b]"),
    ],
)
@pytest.mark.parametrize("edismax", [False, True])
def test_words_are_looked_through_a_limited_number_of_times(
    found, looked_through, sort, pattern, edismax
):
    words = " OR ".join(pattern.format(n) for n in range(500))
    params = {"defType": "edismax"} if edismax else {"defType": "lucene"}
    if edismax:
        with suppress(QueryError):  # what is too much is read as plain words
            found(words, **params)
    else:
        with pytest.raises(QueryError, match="too many"):
            found(f"title:({words})", **params)
    assert looked_through[sort] <= budget.CEILINGS[Excess.PATTERNS]


def test_the_limit_is_for_a_whole_request(found):
    some = "title:(" + " OR ".join(f"*a{n}*" for n in range(15)) + ")"
    assert found(some, **{"q.op": "OR"}) == []
    with pytest.raises(QueryError, match="too many"):
        found(some, fq=[some])


def test_a_reasonable_number_of_patterns_is_no_trouble(found):
    starts = [f"title:{a}{b}*" for a, b in itertools.product("abcdefgh", repeat=2)]
    assert found(" OR ".join([*starts, "title:食品"])) != []


def test_what_was_asked_too_often_says_so(found):
    for params in (
        {"fq": ["title:a"] * 201},
        {"facet": "true", "facet.field": [f"f{n}" for n in range(201)]},
        {"bf": ["1"] * 201},
    ):
        with pytest.raises(QueryError, match="more than 200"):
            found("食品", **params)
    with pytest.raises(QueryError, match="more than 10"):
        found("食品", sort=", ".join(["name asc"] * 11))


def test_all_filters_together_have_a_length(found):
    with pytest.raises(QueryError, match="100000 characters"):
        found("食品", fq=["title:" + "a" * 60_000] * 2)
