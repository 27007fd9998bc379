"""Nobody finds, counts, sees in a facet or in a highlight what the labels do not allow.

Random documents, random readers, and a plain filter that says what each may see. The
words of a document that a reader may not see are its own, so that any of them in an
answer, in whatever part of it, has leaked.
"""

from __future__ import annotations

import json
import random
from collections import Counter

import pytest

from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.search.engine import Engine

from .conftest import CKAN_WORDS, document

LABELS = ["public", "creator-a", "member-b", "collaborator-c", 'quoted"label', "市监局"]
TAGS = ["食品", "药品", "环境", "预算"]
TITLES = ["食品经营许可信息", "环境影响评价审批", "财政预算公开", "Road traffic data"]
COUNT = 120

QUERIES = [
    "*:*",
    "食品",
    "title:食品 OR tags:预算",
    "title:食* OR title:*traf*",
    "title:traffik~",
    "name:[n2 TO n8]",
    "-tags:食品",
    # found by a guess only
    "caizheng",
    "hjyx",
    "食品经菅",
    "trafic",
    "secret1*",
]


@pytest.fixture(scope="module")
def documents():
    chance = random.Random(4)
    return [
        document(
            number,
            {
                "name": f"n{number}",
                "title": f"{chance.choice(TITLES)} secret{number}x",
                "notes": chance.choice(TITLES),
                "tags": chance.sample(TAGS, chance.randrange(5)) + [f"own{number}x"],
                "permission_labels": chance.sample(LABELS, chance.randrange(4)),
                "capacity": chance.choice(["public", "private"]),
                "update_freq": f"every{number}x",
                "extras_hint": f"hint{number}x 食品 财政",
                "views_total": chance.randrange(9),
                "survey_date": f"2026-01-{chance.randint(1, 28):02d}T00:00:00Z",
            },
        )
        for number in range(COUNT)
    ]


@pytest.fixture(scope="module")
def index(tmp_path_factory, documents):
    engine = Engine(tmp_path_factory.mktemp("permissions"))
    engine.add(documents, commit=True)
    return engine


@pytest.fixture(scope="module")
def apart(tmp_path_factory, documents):
    """For a reader, an index of nothing but what the reader may see."""
    made = {}

    def engine(labels):
        if labels not in made:
            made[labels] = Engine(tmp_path_factory.mktemp("apart"))
            made[labels].add(visible(documents, labels), commit=True)
        return made[labels]

    return engine


def literal(label: str) -> str:
    """CKAN's `solr_literal`: quotes are dropped."""
    return '"' + label.replace('"', "") + '"'


def visible(documents, labels):
    """The plain filter."""
    wanted = {label.replace('"', "") for label in labels}
    return [doc for doc in documents if wanted & set(doc["permission_labels"])]


def labels_filter(labels):
    return "+permission_labels:(" + " OR ".join(map(literal, labels)) + ")"


READERS = [
    tuple(sorted(random.Random(seed).sample(LABELS, 1 + seed % 3))) for seed in range(8)
]

ASKED = {
    **CKAN_WORDS,
    "fl": "name title tags update_freq",
    "rows": 1000,
    "facet": "true",
    "facet.limit": -1,
    "facet.field": ["tags", "capacity", "update_freq", "title", "extras_hint"],
    "hl": "true",
    "hl.fl": "*",
    "hl.snippets": 9,
}


def asked(query, **params):
    def_type = "dismax" if ":" not in query or query == "*:*" else "lucene"
    return {**ASKED, "defType": "lucene" if ":" in query else def_type, **params}


@pytest.mark.parametrize("query", QUERIES)
def test_all_queries_find_something_for_someone(index, query):
    assert index.search(query, asked(query))["response"]["numFound"] > 0


@pytest.mark.parametrize("labels", READERS)
@pytest.mark.parametrize("query", QUERIES)
def test_as_if_nothing_else_were_there(index, apart, query, labels):
    """Results, counts, facets, guesses and highlights of an index with all documents
    are those of an index that holds only what the reader may see."""
    for mincount in (0, 1):
        params = asked(query, **{"facet.mincount": mincount, "sort": "name asc"})
        found = index.search(query, {**params, "fq": [labels_filter(labels)]})
        alone = apart(labels).search(query, params)
        assert found["response"] == alone["response"]
        assert found["highlighting"] == alone["highlighting"]
        assert found["facet_counts"] == alone["facet_counts"]


@pytest.mark.parametrize("labels", READERS)
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    "sort",
    [
        "score desc, name asc",
        "update_freq desc",
        "survey_date asc, name desc",
        "views_total desc, survey_date asc, name asc",
    ],
)
def test_no_word_of_a_hidden_document_in_any_order(
    index, documents, query, labels, sort
):
    params = asked(query, sort=sort, bf="views_total", rows=7, **{"facet.mincount": 0})
    found = index.search(query, {**params, "fq": [labels_filter(labels)]})
    said = json.dumps(found, ensure_ascii=False)
    shown = {doc["name"] for doc in visible(documents, labels)}
    for doc in documents:
        if doc["name"] not in shown:
            own = doc["name"].removeprefix("n") + "x"
            for word in ("secret", "own", "every", "hint"):
                assert word + own not in said


@pytest.mark.parametrize("labels", READERS)
@pytest.mark.parametrize("query", ["*:*", "食品", "title:食品 OR tags:预算"])
def test_against_a_plain_filter(index, documents, query, labels):
    allowed = [doc for doc in visible(documents, labels) if _matches(query, doc)]
    params = asked(query, **{"facet.mincount": 1})
    answer = index.search(query, {**params, "fq": [labels_filter(labels)]})

    found = {doc["name"] for doc in answer["response"]["docs"]}
    assert found == {doc["name"] for doc in allowed}
    assert answer["response"]["numFound"] == len(allowed)
    flat = answer["facet_counts"]["facet_fields"]["tags"]
    counts = dict(zip(flat[::2], flat[1::2], strict=True))
    assert counts == Counter(tag for doc in allowed for tag in doc["tags"])


def _matches(query: str, doc: dict) -> bool:
    if query == "*:*":
        return True
    if query == "食品":
        return True  # every hint says so
    return "食品" in doc["title"] or "预算" in doc["tags"]


@pytest.mark.ckan_config("ckan.plugins", "gpo_search")
@pytest.mark.ckan_config("ckan.auth.create_unowned_dataset", True)
@pytest.mark.ckan_config("ckan.auth.allow_dataset_collaborators", True)
class TestPackageSearch:
    """The same through CKAN, with its own labels for users, members and collaborators."""

    @pytest.fixture
    def world(self, clean_db):
        """Datasets by name, and for each user the names that the user may see."""
        chance = random.Random(11)
        users = [factories.User(name=f"user{n}") for n in range(4)]
        members = {org: chance.sample(users, 2) for org in ("one", "two", "three")}
        organizations = {
            name: factories.Organization(
                name=name,
                users=[
                    {"name": user["name"], "capacity": chance.choice(ROLES)}
                    for user in people
                ],
            )
            for name, people in members.items()
        }
        seen = {user["name"]: set() for user in users} | {"": set()}
        for number in range(24):
            org = chance.choice(list(members))
            private = chance.random() < 0.6
            dataset = factories.Dataset(
                name=f"dataset{number}",
                title=f"{chance.choice(TITLES)} secret{number}x",
                tags=[{"name": f"own{number}x"}, {"name": chance.choice(TAGS)}],
                owner_org=organizations[org]["id"],
                private=private,
                user=factories.Sysadmin(),
            )
            allowed = set(seen) if not private else {u["name"] for u in members[org]}
            if private and chance.random() < 0.3:
                other = chance.choice(users)
                call_action(
                    "package_collaborator_create",
                    id=dataset["id"],
                    user_id=other["id"],
                    capacity="member",
                )
                allowed.add(other["name"])
            for name in allowed:
                seen[name].add(dataset["name"])
        return seen

    def test_everybody_sees_their_own(self, world, subtests):
        for user, wanted in world.items():
            with subtests.test(user=user):
                self._check(user, wanted)

    def _check(self, user, wanted):
        context = {"user": user, "ignore_auth": False}
        asked = {
            "include_private": True,
            "rows": 100,
            "hl": "true",
            "hl.fl": "*",
            "facet.field": ["tags", "title", "organization", "permission_labels"],
            "facet.limit": -1,
            "facet.mincount": 0,
        }
        whole = call_action("package_search", dict(context), **asked)
        assert {dataset["name"] for dataset in whole["results"]} == wanted
        assert whole["count"] == len(wanted)
        tags = {item["name"] for item in whole["search_facets"]["tags"]["items"]}
        numbers = {name.removeprefix("dataset") for name in wanted}
        assert {tag for tag in tags if tag.startswith("own")} == {
            f"own{number}x" for number in numbers
        }
        hidden = {str(n) for n in range(24)} - numbers
        for q in ("食品", "caizheng", "secret*", "title:secret*", "trafic", "*"):
            found = call_action("package_search", dict(context), q=q, **asked)
            said = json.dumps(found, ensure_ascii=False, default=str)
            leaked = {n for n in hidden if f"secret{n}x" in said or f"own{n}x" in said}
            assert not leaked
            assert set(found["highlighting"]) == {d["id"] for d in found["results"]}


ROLES = ["member", "editor", "admin"]
