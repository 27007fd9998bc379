"""Other queries never tell a word that the public cannot read."""

from __future__ import annotations

import random

import pytest

from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.suggest.names import plain
from ckanext.gpo.search.suggest.spelling import Spelling
from ckanext.gpo.search.suggest.suggester import Public, Suggester

from ..conftest import CKAN_WORDS, KINDS, document

LABELS = ["public", "creator-a", "member-b"]
WORDS = [
    "财政预算",
    "食品安全",
    "环境监测",
    "交通事故",
    "法律援助",
    "行政许可",
    "文化活动",
    "施工许可",
    "采购合同",
    "税收征管",
    "google",
    "youbike",
]
SLIPS = [
    "caizhengyusuan",
    "caizyusuan",
    "czys",
    "spaq",
    "jiaotongshgu",
    "gogle",
    "yuobike",
]


def slips(chance: random.Random) -> list[str]:
    """Words with one character left out, doubled, or put for another."""
    found = list(SLIPS)
    for word in WORDS:
        at = chance.randrange(len(word))
        found += [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + "龘" + word[at + 1 :],
        ]
    return found


@pytest.mark.parametrize("seed", range(8))
def test_against_a_plain_filter(tmp_path, seed):
    chance = random.Random(seed)
    documents = [
        document(
            number,
            {
                "name": f"set-{number}",
                "title": "的".join(chance.sample(WORDS, 2)),
                "notes": chance.choice(WORDS),
                "tags": [chance.choice(WORDS)],
                "permission_labels": chance.sample(LABELS, chance.randrange(4)),
                "capacity": chance.choice(["public", "private"]),
                "state": chance.choice(["active", "draft"]),
            },
        )
        for number in range(12)
    ]
    public = [
        doc
        for doc in documents
        if "public" in doc["permission_labels"]
        and (doc["capacity"], doc["state"]) == ("public", "active")
    ]
    readable = " ".join(
        plain(" ".join([doc["title"], doc["notes"], *doc["tags"]])) for doc in public
    )
    names = {doc["name"] for doc in public} | {t for d in public for t in d["tags"]}
    engine = Engine(tmp_path)
    engine.add(documents, commit=True)
    suggester = Suggester(engine.state(), Public("here", ("public",), KINDS))

    for q in slips(chance):
        spelling = Spelling(suggester, {**CKAN_WORDS, "fq": []})
        for meant in spelling.meanings(q):
            new = [word for word in meant.split() if word not in q]
            assert all(word in readable for word in new), (q, meant)
            assert spelling.count(spelling.request(meant))
        assert {s.entry.name for s in spelling.nearest(q, [])} <= names, q


def test_it_finds_what_is_public(tmp_path):
    """So that the test above does not pass on silence."""
    engine = Engine(tmp_path)
    documents = [
        document(n, {"name": f"n{n}", "title": w}) for n, w in enumerate(WORDS)
    ]
    engine.add(documents, commit=True)
    suggester = Suggester(engine.state(), Public("here", ("public",), KINDS))
    spelling = Spelling(suggester, {**CKAN_WORDS, "fq": []})
    wrong = [q for q in slips(random.Random(1)) if "龘" in q and not q.isascii()]
    told = {meant for q in wrong for meant in spelling.meanings(q)}
    assert told >= set(WORDS[:10])
