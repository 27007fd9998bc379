"""The recipes of docs/recipes, carried out as they are written on a copy of the files.

With real parts: database, gate, harvest, search, pages. The copy takes the place of the
installed packages, and the site is started once, with the plugins that recipes add.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import re
import shlex
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
import yaml
from click import Command, Context
from click.testing import CliRunner
from werkzeug.serving import make_server

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.lib import search
from ckan.tests import helpers
from ckan.tests.helpers import CKANTestApp, call_action

import ckanext.gpo
from ckanext.gpo.common import tables
from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.scoring import ranking
from ckanext.gpo.security import allow_list

import gpo_harvesters

from ..gpo.conftest import ACTIVITIES, VENUES, Gate, as_csv, row
from ..gpo.search.conftest import CKAN_WORDS, document
from .recipe import RECIPES, ROOT, Checkout, delivered, recipe, run_commands

LOCAL = "http://127.0.0.1:5000"

STARTED = ("add-a-kind", "add-a-room", "add-a-page", "bring-things-to-the-search")
"""Recipes that tell to restart the site: they are there when it starts."""


class Site:
    """A site that runs from the copy, and a reader's shell beside it."""

    def __init__(self, checkout: Checkout, client: CKANTestApp, drop: Path) -> None:
        self.checkout = checkout
        self.client = client
        self.drop = drop
        self.gate = Gate()

    def carry_out(self, name: str) -> None:
        self.checkout.carry_out(name)
        tables.read_yaml.cache_clear()
        tables.tables.cache_clear()

    def run(self, command: str) -> str:
        """What a command of a recipe prints."""
        program, *words = shlex.split(command)
        if program == "curl":
            (address,) = words
            answer = self.client.get(address.removeprefix(LOCAL))
            assert answer.status_code == 200, answer.body
            return answer.body
        assert program == "bin/ckan", command
        groups = {
            each.name: each
            for plugin in p.PluginImplementations(p.IClick)
            for each in plugin.get_commands()
        }
        parent = Context(Command("ckan"))
        parent.meta["flask_app"] = self.client.flask_app
        result = CliRunner().invoke(groups[words[0]], words[1:], parent=parent)
        assert result.exit_code == 0, result.output
        return result.output

    def header(self, name: str) -> list[str]:
        """The columns of a dataset's file, as a reader downloads it."""
        text = self.client.get(f"/dataset/{name}/download/{name}.csv").body
        return next(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture(scope="module")
def site(
    reset_db: Callable[[], None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("checkout")
    checkout = Checkout(root)
    _keep_items_of(root / "dataset_schemas", "culture")
    for name in STARTED:
        checkout.carry_out(name)
    checkout.install(root / "installed")
    (root / "drop").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        _take_the_place(checkout, patch)
        patch.setitem(tk.config, "ckan.plugins", checkout.plugins())
        for account in ("ADMIN", "STEWARD", "DEVELOPER"):
            patch.setenv(f"GPO_PASSWORD_{account}", "recipes-are-tests-7")
        reset_db()
        client = helpers._get_test_app()
        search.clear_all()
        try:
            with client.flask_app.test_request_context():
                site = Site(checkout, client, root / "drop")
                site.run("bin/ckan gpo-catalogue seed")
                site.gate.judge(VENUES, row(VENUES))
                yield site
        finally:
            reset_db()
            search.clear_all()
            p.unload_all()
    _forget()


@pytest.fixture(autouse=True)
def options(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What recipes tell to set in the ini file, and the folder of the copy."""
    for name, value in {
        "sources": site.checkout.root / "harvesters",
        "spool_path": site.checkout.root / "spool",
        "connection.venue_list": site.drop,
        "connection.venue_export": site.drop,
    }.items():
        monkeypatch.setitem(tk.config, f"ckanext.gpo.harvest.{name}", str(value))


def _keep_items_of(schemas: Path, kept: str) -> None:
    """Leave the disclosure items of one domain: the others take time to write."""
    for path in schemas.glob("*/disclosure_items.yaml"):
        if path.parent.name != kept:
            path.write_text("items: []\n")


def _take_the_place(checkout: Checkout, patch: pytest.MonkeyPatch) -> None:
    """Let the copy be what is imported."""
    root = checkout.root
    path = root / "dataset_schemas" / "__init__.py"
    spec = importlib.util.spec_from_file_location(
        "gpo_schemas", path, submodule_search_locations=[str(path.parent)]
    )
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    patch.setitem(sys.modules, "gpo_schemas", module)
    for package, folder in (
        (gpo_harvesters, "harvesters"),
        (ckanext.gpo, "ckanext-gpo/ckanext/gpo"),
    ):
        locations = [*package.__path__, str(root / folder)]
        patch.setattr(package, "__path__", locations)
    patch.syspath_prepend(str(root / "installed"))
    security = root / "ckanext-gpo/ckanext/gpo/security"
    patch.setattr(allow_list, "__file__", str(security / "allow_list.py"))
    _forget()


def _forget() -> None:
    tables.read_yaml.cache_clear()
    tables.tables.cache_clear()
    allow_list.actions.cache_clear()


def _versions(ref: str) -> list[dict[str, Any]]:
    user = {"user": call_action("get_site_user")["name"]}
    name = tables.table(ref).dataset_name
    return call_action("gpo_quality_version_list", user, dataset=name)


def test_every_recipe_is_listed_and_tested():
    written = {path.stem for path in RECIPES.glob("*.md")} - {"README"}

    listed = re.findall(r"\]\(([\w-]+)\.md\)", (RECIPES / "README.md").read_text())
    assert sorted(listed) == sorted(written)
    assert {f'"{name}"' for name in written} <= set(
        re.findall(r'"[\w-]+"', Path(__file__).read_text())
    )


def test_a_room_and_its_page(site: Site):
    run_commands("add-a-room", site.run)
    run_commands("add-a-page", site.run)
    run_commands("bring-things-to-the-search", site.run)


def test_a_kind_of_harvester(site: Site):
    run_commands("add-a-kind", site.run)
    line = '{"code": "WH3204020009", "name": "示例馆"}\n'
    (site.drop / "venues.jsonl").write_text(line + "7\n", "utf-8")

    told = site.run("bin/ckan gpo-harvest run --source wglj-venue-export --wait")

    assert "[source-line-invalid] Line 2 of venues.jsonl is not a JSON object." in told
    (site.drop / "venues.jsonl").write_text(line, "utf-8")
    told = site.run("bin/ckan gpo-harvest run --source wglj-venue-export --wait")
    assert "source-line-invalid" not in told
    site.gate.decide()
    newest = _versions(VENUES)[0]
    assert (newest["source"], newest["state"]) == ("wglj-venue-export", "rejected")


def test_a_source(site: Site):
    site.carry_out("add-a-source")
    for name, text in delivered("add-a-source"):
        (site.drop / name).write_text(text, "utf-8")

    run_commands("add-a-source", site.run)

    site.gate.decide()
    newest = _versions(VENUES)[0]
    shown = site.gate.show(newest)
    assert newest["source"] == "wglj-venue-list"
    assert shown["state"] == "published", shown["report"]["errors"]


def test_a_column_and_what_happens_to_published_versions(site: Site):
    before = _versions(VENUES)[0]
    content = as_csv(VENUES, row(VENUES))
    name = tables.table(VENUES).dataset_name

    site.carry_out("add-a-column")
    run_commands("add-a-column", site.run)

    source = yaml.safe_load(
        site.checkout.file("harvesters/sources/wglj-culture-files.yaml").read_text()
    )
    assert "seats" in source["tables"][0]["columns"]
    assert _versions(VENUES)[0] == before
    assert "阅览座位数" not in site.header(name)
    assert "seats" not in site.gate.rows(VENUES)[0]

    without = site.gate.judge(VENUES, content=content)
    assert [error["rule"] for error in without["report"]["errors"]] == [
        "column-missing-optional"
    ]
    assert "阅览座位数" not in site.header(name)

    assert site.gate.judge(VENUES, row(VENUES, seats=""))["state"] == "published"
    assert "阅览座位数" in site.header(name)
    assert site.gate.rows(VENUES)[0]["seats"] is None
    assert site.gate.judge(VENUES, row(VENUES, seats="x"))["state"] == "rejected"
    site.gate.judge(VENUES, row(VENUES, seats="120"))
    assert site.gate.rows(VENUES)[0]["seats"] == 120
    assert site.gate.submit(VENUES, row(VENUES, seats="120"))["unchanged"]


def test_a_table(site: Site):
    site.carry_out("add-a-table")
    seeding, asking = (
        block for block in recipe("add-a-table") if block.language == "console"
    )
    ran = []

    def run(command: str) -> str:
        ran.append(command)
        if command.startswith("curl"):
            for _, text in delivered("add-a-table"):
                version = site.gate.judge(
                    "culture/reading_points", content=text.encode()
                )
                assert version["state"] == "published", version["report"]
        return site.run(command)

    run_commands("add-a-table", run)

    assert seeding.text.splitlines()[0] == f"$ {ran[0]}"
    assert asking.text.splitlines()[0] == f"$ {ran[1]}"
    domain = call_action("gpo_catalogue_domain_show", id="culture")
    assert "culture-reading-points" in [
        dataset for item in domain["items"] for dataset in item["datasets"]
    ]


def test_pandas(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    site.gate.judge(VENUES, row(VENUES))
    site.gate.judge(
        ACTIVITIES,
        row(ACTIVITIES),
        row(ACTIVITIES, activity_number="HD20260127", attendance="300"),
        row(
            ACTIVITIES,
            activity_number="HD20260128",
            activity_type="讲座",
            attendance="40",
        ),
    )
    server = make_server("127.0.0.1", 0, site.client.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    names: dict[str, Any] = {}
    printed = io.StringIO()
    try:
        for block in recipe("read-with-pandas"):
            if block.language == "python":
                address = f"http://127.0.0.1:{server.server_port}"
                with redirect_stdout(printed):
                    exec(block.text.replace(LOCAL, address), names)
    finally:
        server.shutdown()
        thread.join()

    (shown,) = (b for b in recipe("read-with-pandas") if b.language == "text")
    assert printed.getvalue().split() == shown.text.split()
    assert names["venues"]["floor_area"].dtype.kind == "f"
    assert names["names"]["机构编号"] == "venue_code"
    assert names["descriptor"]["version"]
    assert names["resource"]["hash"]
    assert names["chains"]["project"]["key"] == "project_code"


def test_the_ranking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    engine = Engine(tmp_path / "index")
    columns = {"name": "by-column", "title": "场馆", "extras_columns": "藏书量"}
    title = {"name": "by-title", "title": "藏书量"}
    engine.add([document(1, columns), document(2, title)], commit=True)

    def order() -> list[str]:
        params: dict[str, Any] = {"q": "藏书量", "fl": "name"}
        ranking.rank(params)
        params = {**CKAN_WORDS, **params}
        return [
            each["name"] for each in engine.search("藏书量", params)["response"]["docs"]
        ]

    assert order() == ["by-title", "by-column"]
    (tmp_path / "checkout").mkdir()
    checkout = Checkout(tmp_path / "checkout")
    checkout.carry_out("change-the-ranking")
    text = checkout.file(
        "ckanext-gpo/ckanext/gpo/search/scoring/ranking.py"
    ).read_text()
    changed: dict[str, Any] = {"__name__": "changed"}
    exec(text, changed)
    monkeypatch.setattr(ranking, "FIELDS", changed["FIELDS"])

    assert order() == ["by-column", "by-title"]


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.md")), ids=lambda p: p.stem)
def test_what_a_recipe_tells_to_run_is_there(path: Path):
    text = path.read_text("utf-8")

    for words in re.findall(r"bin/test ([^`\n]+)", text):
        for word in words.split():
            made = word == "tests/gpo/figures"
            assert made or (ROOT / word).exists(), word
    for words in re.findall(r"bin/bench ([\w ]+)", text):
        assert (ROOT / "bench" / f"{'_'.join(words.split())}.py").exists()
