"""What people and programs ask of `package_search`, and the right answers to it.

All real queries run; and for every operator that occurs in them, or that CKAN's own code
uses, a table says what is found in a small known corpus.
"""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.lib.search import SearchError, SearchQueryError
from ckan.tests import factories
from ckan.tests.helpers import call_action

REAL = Path(__file__).with_name("real_queries.jsonl")

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "gpo_search"),
    pytest.mark.ckan_config("ckan.auth.create_unowned_dataset", True),
    pytest.mark.ckan_config("ckan.search.remove_deleted_packages", False),
    pytest.mark.usefixtures("clean_db"),
]

AIR, BUS, CARE, FOOD, QUALITY = "aria-lecco", "tpl-milano", "ps-roma", "food", "quality"
ALL = {AIR, BUS, CARE, FOOD, QUALITY}


def extras(**values: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def tags(*names: str) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def resources(*formats: str) -> list[dict[str, str]]:
    return [{"url": f"http://data.example/x.{f}", "format": f} for f in formats]


@pytest.fixture
def member() -> dict[str, Any]:
    return factories.User(name="member")


@pytest.fixture
def corpus(member: dict[str, Any]) -> None:
    """Five public datasets; one private, one draft and one deleted about the air too."""
    users = [{"name": "member", "capacity": "editor"}]
    arpa = factories.Organization(name="arpa", users=users)["id"]
    comune = factories.Organization(name="comune")["id"]
    factories.Group(name="salute-pubblica")
    place = factories.Vocabulary(name="places")
    call_action("tag_create", name="Lago", vocabulary_id=place["id"])
    factories.Dataset(
        name=AIR,
        title="Qualità dell'aria a Lecco",
        notes="PM10 e ozono nel 2024, misure orarie",
        owner_org=arpa,
        tags=[
            *tags("aria", "ambiente"),
            {"name": "Lago", "vocabulary_id": place["id"]},
        ],
        resources=resources("CSV", "JSON"),
        extras=extras(
            regione="Lombardia", hvd_category="c_ac64", survey_date="2026-03-15"
        ),
    )
    factories.Dataset(
        name=BUS,
        title="Trasporto pubblico Milano",
        notes="fermate e orari GTFS, anche in bus elettrici",
        owner_org=comune,
        tags=tags("trasporti", "bus"),
        resources=resources("CSV", "GTFS"),
        extras=extras(regione="Lombardia", survey_date="2026-01-10"),
    )
    factories.Dataset(
        name=CARE,
        title="Accessi al pronto soccorso di Roma",
        notes="liste d'attesa della sanità, dati 2023",
        owner_org=comune,
        groups=[{"name": "salute-pubblica"}],
        tags=tags("sanità", "salute"),
        resources=resources("XLSX"),
        extras=extras(regione="Lazio"),
    )
    factories.Dataset(
        name=FOOD,
        title="食品经营许可信息",
        notes="市场监督管理局核发的食品经营许可证",
        tags=tags("食品", "许可"),
        resources=resources("JSON"),
        extras=extras(regione="天宁区"),
        version="1.2:a",
    )
    factories.Dataset(
        name=QUALITY,
        title="Air quality of Wi-Fi",
        notes="ozone measurements (national)",
        tags=tags("air quality", "c.d"),
    )
    factories.Dataset(name="private-aria", title="aria", owner_org=arpa, private=True)
    factories.Dataset(name="draft-aria", title="aria", state="draft", user=member)
    gone = factories.Dataset(name="gone-aria", title="aria")
    call_action("package_delete", id=gone["id"])


def names(context: dict[str, Any] | None = None, **params: Any) -> list[str]:
    found = call_action("package_search", context, **params)
    assert found["count"] >= len(found["results"])
    return [dataset["name"] for dataset in found["results"]]


def fitting(q: str) -> set[str]:
    """What a query finds, without the results that have only some of its words.

    Solr has none of those; they stand behind the others, see `tiers`.
    """
    found = call_action("package_search", q=q, rows=100)
    results = iter(found["results"])
    tiers = found.get("tiers", [{"match": "full", "count": found["count"]}])
    return {
        dataset["name"]
        for tier in tiers
        for dataset in islice(results, tier["count"])
        if tier["match"] != "partial"
    }


def test_all_real_queries_run(corpus):
    refused = {}
    queries = [json.loads(line) for line in REAL.read_text("utf-8").splitlines()]
    for query in queries:
        try:
            found = call_action("package_search", q=query, **{"facet.field": ["tags"]})
        except (tk.ValidationError, SearchError) as error:
            refused[query] = str(error)
            continue
        assert {d["name"] for d in found["results"]} <= ALL, query
    assert len(queries) == 817
    # Solr refuses none of them either.
    assert refused == {}


QUERIES: list[tuple[str, set[str]]] = [
    # everything, and nothing
    ("", ALL),
    ("*:*", ALL),
    ("*", ALL),
    ('""', ALL),
    ("-*:*", set()),
    # words: all of two, all but one of three
    ("aria", {AIR}),
    ("ARIA", {AIR}),
    ("aria milano", set()),
    ("aria lecco milano", {AIR}),
    ("qualità aria Lecco", {AIR}),
    ("食品 许可", {FOOD}),
    ("食品许可", {FOOD}),
    # OR, AND, NOT, ||, &&, !
    ("aria OR trasporto", {AIR, BUS}),
    ("aria OR trasporto OR 食品", {AIR, BUS, FOOD}),
    ("title:aria OR title:trasporto", {AIR, BUS}),
    ("title:aria || title:trasporto", {AIR, BUS}),
    ("pm10 AND ozono", {AIR}),
    ("regione:Lombardia AND res_format:GTFS", {BUS}),
    ("regione:Lombardia && res_format:GTFS", {BUS}),
    ("regione:Lombardia AND NOT res_format:GTFS", {AIR}),
    ("regione:Lombardia NOT tags:bus", {AIR}),
    ("regione:Lombardia !tags:bus", {AIR}),
    ("NOT regione:Lombardia", {CARE, FOOD, QUALITY}),
    # + and −
    ("+regione:Lombardia -tags:bus", {AIR}),
    ("-tags:bus -tags:aria", {CARE, FOOD, QUALITY}),
    ("csv -aria", set()),
    ("orari -aria", {BUS}),
    ("orarie -milano", {AIR}),
    # phrases, slop
    ('"pronto soccorso"', {CARE}),
    ('"soccorso pronto"', set()),
    ('title:"pronto soccorso"', {CARE}),
    ('title:"accessi soccorso"', set()),
    ('title:"accessi soccorso"~2', {CARE}),
    ('notes:"misure ozono"~9', {AIR}),
    ('title:"食品经营"', {FOOD}),
    ('title:"经营食品"', set()),
    ('tags:"air quality"', {QUALITY}),
    # fields and groups of them, nested
    ("title:(aria OR trasporto)", {AIR, BUS}),
    ('title:("pronto soccorso" OR "air quality")', {CARE, QUALITY}),
    ("title:(aria AND lecco)", {AIR}),
    ("title:(+aria -lecco)", set()),
    ("(title:aria OR title:trasporto) AND res_format:CSV", {AIR, BUS}),
    (
        "((title:aria OR notes:orari) AND (tags:bus OR tags:x)) OR tags:食品",
        {BUS, FOOD},
    ),
    ("text:(fermate OR ozono)", {AIR, BUS}),
    # wildcards, also at the start, and one character
    ("title:traspor*", {BUS}),
    ("title:*spor*", {BUS}),
    ("name:*-roma", {CARE}),
    ("title:m?lano", {BUS}),
    ("title:食*", {FOOD}),
    ("hvd_category:*ac64*", {AIR}),
    ("regione:Lo*", {AIR, BUS}),
    ("tags:air*", {QUALITY}),
    # nearly the word
    ("title:miland~", {BUS}),
    ("title:miland~1", {BUS}),
    ("title:trasposto~2^3", {BUS}),
    ("title:mxlxnx~2", set()),
    ("name:tlp-milano~1", {BUS}),
    # ranges: closed, open, exclusive, of strings and dates, sums with NOW
    ("name:[a TO f]", {AIR}),
    ("name:[food TO quality]", {FOOD, CARE, QUALITY}),
    ("name:{food TO quality}", {CARE}),
    ("name:{food TO quality]", {CARE, QUALITY}),
    ("name:[q TO *]", {QUALITY, BUS}),
    ("name:[* TO b]", {AIR}),
    ("metadata_modified:[NOW-6MONTHS TO *]", ALL),
    ("metadata_modified:[NOW-1YEAR/DAY TO NOW+1DAY/DAY]", ALL),
    ("metadata_created:[* TO NOW-1MONTH]", set()),
    ("metadata_created:[2020-01-01T00:00:00Z TO 2020-12-31T23:59:59Z]", set()),
    ("survey_date:[2026-02-01T00:00:00Z TO *]", {AIR}),
    ("survey_date:[2026-01-10T00:00:00Z TO 2026-03-15T00:00:00Z]", {AIR, BUS}),
    ("survey_date:{2026-01-10T00:00:00Z TO 2026-03-15T00:00:00Z}", set()),
    ('survey_date:"2026-03-15T00:00:00Z"', {AIR}),
    # is it there at all
    ("hvd_category:*", {AIR}),
    ("hvd_category:[* TO *]", {AIR}),
    ("-survey_date:*", {CARE, FOOD, QUALITY}),
    ("organization:* AND NOT groups:*", {AIR, BUS}),
    # escaped signs
    ("version:1.2\\:a", {FOOD}),
    ('version:"1.2:a"', {FOOD}),
    ("tags:c\\.d", {QUALITY}),
    ("tags:air\\ quality", {QUALITY}),
    ("name:tpl\\-milano", {BUS}),
    ("name:tpl\\*", set()),
    # regular expressions
    ("name:/[a-f].*/", {AIR, FOOD}),
    # extras, resources, vocabularies, organisations, groups, several values
    ("extras_regione:lombardia", {AIR, BUS}),
    ('regione:"Lombardia"', {AIR, BUS}),
    ("res_format:JSON", {AIR, FOOD}),
    ("res_url:*x.GTFS", {BUS}),
    ("vocab_places:Lago", {AIR}),
    ("organization:comune", {BUS, CARE}),
    ("groups:salute-pubblica", {CARE}),
    ("tags:(aria AND ambiente)", {AIR}),
    ("tags:aria tags:ambiente", {AIR}),
    ("dataset_type:dataset", ALL),
    # no such field, no such value
    ("nothing_of_that_name:x", set()),
    ("title:xyzzy", set()),
    # what a person types
    ("wi-fi", {QUALITY}),
    ("wifi", {QUALITY}),
    ("quali sono i dataset sulla qualità dell'aria a Lecco?", set()),
    ("it's about lists: what?", set()),
    ("jingying", {FOOD}),
]


def test_every_operator_finds_what_it_should(corpus, subtests):
    for query, wanted in QUERIES:
        with subtests.test(q=query):
            assert fitting(query) == wanted
            if ":" in query:  # filters are Lucene's language
                assert set(names(fq_list=[query])) == wanted


def test_boosts_move_up(corpus):
    assert names(q="title:aria^9 OR title:trasporto")[0] == AIR
    assert names(q="title:aria OR title:trasporto^9")[0] == BUS
    assert names(q="(title:aria OR notes:orari)^0.1 OR title:食品^5")[0] == FOOD
    assert names(q="aria OR milano", bf="if(exists(survey_date),0,0)")
    late = "recip(ms(NOW,survey_date),1e-11,1,1)^100"
    assert names(q="lecco OR milano", bf=late)[0] == AIR
    early = "recip(ms(survey_date,2000-01-01T00:00:00Z),1e-11,1,1)^100"
    assert names(q="lecco OR milano", bf=early)[0] == BUS


def test_parameters_of_words(corpus):
    assert names(q="aria milano", mm="1") == names(q="aria OR milano")
    assert names(q="aria milano xyzzy", mm="3<80%") == []
    assert set(names(q="fermate xyzzy", mm="50%")) == {BUS}
    assert names(q="fermate", qf="title") == []
    assert names(q="fermate", qf="title notes^2") == [BUS]
    assert set(names(q="title:aria OR orari", defType="edismax")) == {AIR, BUS}
    assert set(names(q="aria milano", defType="edismax", mm="1")) == {AIR, BUS}
    assert names(q="milano", tie="0.9") == names(q="milano", tie=0) == [BUS]


def test_filters_add_up(corpus):
    assert names(fq="regione:Lombardia", fq_list=["res_format:CSV", "-tags:bus"]) == [
        AIR
    ]
    assert names(q="食品", fq="regione:Lombardia") == []
    assert set(names(fq_list=["organization:(arpa OR comune)"])) == {AIR, BUS, CARE}
    # CKAN puts its own conditions into the same text, so that an OR in it only prefers.
    assert set(names(fq="title:aria OR title:trasporto")) == ALL
    # One text holds several filters, which must all be met.
    assert names(fq="regione:Lombardia res_format:GTFS") == [BUS]
    assert names(fq='+regione:"Lombardia" +res_format:"GTFS"') == [BUS]


def test_fields_of_the_answer(corpus):
    found = call_action("package_search", q="name:food", fl=["id", "name", "regione"])
    assert set(found["results"][0]) == {"id", "name"}  # dynamic ones are not stored
    found = call_action("package_search", q="name:food", fl="extras_regione,tags,score")
    [result] = found["results"]
    assert result["regione"] == "天宁区"
    assert set(result["tags"]) == {"食品", "许可"}
    assert result["score"] > 0


SORTS = [
    ("name asc", [AIR, FOOD, CARE, QUALITY, BUS]),
    ("name desc", [BUS, QUALITY, CARE, FOOD, AIR]),
    ("organization asc, name desc", [AIR, BUS, CARE, QUALITY, FOOD]),
    ("regione desc, name asc", [FOOD, AIR, BUS, CARE, QUALITY]),
    ("survey_date desc, name asc", [AIR, BUS, FOOD, CARE, QUALITY]),
    ("metadata_created asc", [AIR, BUS, CARE, FOOD, QUALITY]),
    ("metadata_modified desc", [QUALITY, FOOD, CARE, BUS, AIR]),
    ("title_string asc", [CARE, QUALITY, AIR, BUS, FOOD]),
    ("score desc, name asc", [AIR, FOOD, CARE, QUALITY, BUS]),
    ("nothing_of_that_name asc, name asc", [AIR, FOOD, CARE, QUALITY, BUS]),
]


def test_sort(corpus, subtests):
    for sort, order in SORTS:
        with subtests.test(sort=sort):
            assert names(sort=sort) == order
            pages = [names(sort=sort, start=start, rows=2) for start in (0, 2, 4)]
            assert sum(pages, []) == order


def test_facets(corpus):
    fields = ["res_format", "regione", "organization", "groups", "vocab_places", "tags"]

    def facets(**params):
        found = call_action("package_search", **{"facet.field": fields, **params})
        return {
            field: {item["name"]: item["count"] for item in facet["items"]}
            for field, facet in found["search_facets"].items()
        }

    found = facets()
    assert found["res_format"] == {"CSV": 2, "JSON": 2, "GTFS": 1, "XLSX": 1}
    assert found["regione"] == {"Lombardia": 2, "Lazio": 1, "天宁区": 1}
    assert found["organization"] == {"comune": 2, "arpa": 1}
    assert found["groups"] == {"salute-pubblica": 1}
    assert found["vocab_places"] == {"Lago": 1}
    assert facets(q="title:trasporto")["res_format"] == {"CSV": 1, "GTFS": 1}
    assert facets(**{"facet.limit": 1})["regione"] == {"Lombardia": 2}
    assert facets(**{"facet.mincount": 2})["regione"] == {"Lombardia": 2}
    assert len(facets(**{"facet.limit": -1})["tags"]) == 10
    assert facets(facet="false") == {}


def test_who_sees_what(corpus, member):
    """`include_*` widen a search, and never beyond what the asker may see."""
    everything = {
        "include_private": True,
        "include_drafts": True,
        "include_deleted": True,
    }
    hidden = {"private-aria", "draft-aria", "gone-aria"}

    def seen(name, **params):
        context = {"user": name, "ignore_auth": False}
        return set(names(context, q="title:aria", **params)) - {AIR}

    assert seen("") == seen("member") == set()
    assert seen("member", include_private=True) == {"private-aria"}
    assert seen("member", include_drafts=True) == {"draft-aria"}
    assert seen("", **everything) <= {"gone-aria"}
    stranger = factories.User()["name"]
    assert seen(stranger, **everything) <= {"gone-aria"}
    assert {"private-aria", "draft-aria"} <= seen("member", **everything)
    assert seen(factories.Sysadmin()["name"], **everything) == hidden
    # Nor can a query ask around it.
    for query in ("capacity:private", "state:draft", 'permission_labels:"member-x"'):
        context = {"user": stranger, "ignore_auth": False}
        assert set(names(context, q=query)) == set()


REFUSED = [
    ({"q": "x", "pf": "title"}, SearchQueryError),
    ({"q": "x", "facet.query": "title:x"}, SearchQueryError),
    ({"q": "x", "sort": "title"}, SearchQueryError),
    ({"q": "x", "rows": "many"}, tk.ValidationError),
    ({"q": "title:(x"}, SearchError),
    ({"q": "x", "bf": "magic(name)"}, SearchError),
]


def test_what_ckan_with_solr_refuses_too(corpus, subtests):
    for params, error in REFUSED:
        with subtests.test(params=params), pytest.raises(error):
            names(**params)
