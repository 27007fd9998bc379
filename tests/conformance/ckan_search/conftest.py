"""CKAN's own tests of search, from the installed wheel, run against the embedded engine.

The test modules here only name the suites. What every test gets: the configuration that
CKAN's tests expect (`ckan.ini`), with the engine loaded beside the plugins that a test
asks for. Tests that cannot pass are in `exceptions.tsv` with their reason; one of them
that passes is a failure, so that the table stays true.
"""

from __future__ import annotations

import configparser
import csv
import inspect
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from factory.random import reseed_random

from ckan import logic, model
from ckan.lib.search import common
from ckan.tests.helpers import CKANCliRunner

from . import ckantestplugins

sys.modules["tests.plugins.ckantestplugins"] = ckantestplugins

HERE = Path(__file__).parent
INI = HERE / "ckan.ini"
PARTLY = ("test_actions.py",)
EXCEPTIONS = HERE / "exceptions.tsv"
ENGINE = "gpo_search"


def options() -> dict[str, str]:
    parser = configparser.RawConfigParser()
    parser.optionxform = str
    parser.read(INI, "utf-8")
    return {k: v for k, v in parser["app:main"].items() if k != "use"}


def exceptions() -> dict[str, str]:
    """Why a test cannot pass, by its name: `file.py::Class::test`."""
    with EXCEPTIONS.open(encoding="utf-8") as file:
        rows = csv.reader(file, delimiter="\t")
        return {row[0]: row[1] for row in rows if row and not row[0].startswith("#")}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [
        item for item in items if item.path.name not in PARTLY or searches(item)
    ]
    known = exceptions()
    for item in items:
        if item.path.parent != HERE:
            continue
        for node in item.listchain():
            node.own_markers[:] = [
                _with_engine(mark)
                for mark in node.own_markers
                # Asked when the module is read, before any engine is there.
                if mark.kwargs.get("reason") != "Solr not reachable"
            ]
        # The marks of a test come first, and later ones win: these are only defaults.
        own = getattr(item.module, "OPTIONS", {})  # pyright: ignore[reportAttributeAccessIssue]
        for key, value in (options() | own).items():
            item.own_markers.insert(0, pytest.mark.ckan_config(key, value).mark)
        name = f"{item.path.name}::{item.nodeid.partition('::')[2]}"
        if reason := known.get(name.partition("[")[0]) or known.get(name):
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True))


def searches(item: pytest.Item) -> bool:
    """Whether a test depends on the index: it asks for an empty one, or it searches."""
    fixtures = {name for mark in item.iter_markers("usefixtures") for name in mark.args}
    source = inspect.getsource(item.function)  # pyright: ignore[reportAttributeAccessIssue]
    return "clean_index" in fixtures or "search" in source


def _with_engine(mark: pytest.Mark) -> pytest.Mark:
    """A mark that names plugins, with the engine among them."""
    if mark.name != "ckan_config" or mark.args[0] != "ckan.plugins":
        return mark
    given = mark.args[1]
    plugins = given.split() if isinstance(given, str) else list(given)
    if ENGINE not in plugins:
        plugins.insert(0, ENGINE)
    return pytest.mark.ckan_config("ckan.plugins", " ".join(plugins)).mark


@pytest.fixture(autouse=True)
def engine(
    with_plugins: None,
    tally: Callable[[str], Counter[str]],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The engine, empty; some tests leave documents of other sites in it."""
    # The made up texts of a dataset may hold a word that shall not be found in them.
    reseed_random(request.node.nodeid)
    # Read once in a process, maybe from the configuration of other tests.
    monkeypatch.setattr(model.Resource, "extra_columns", None)
    # Tests of CKAN put mocks among the actions and leave them there.
    logic.clear_actions_cache()
    common.make_connection().delete(q="*:*", commit=True)
    suite = request.path.stem.removeprefix("test_")
    cannot = "that cannot pass" if request.node.get_closest_marker("xfail") else ""
    tally("Others' tests of search")[cannot or suite] += 1


@pytest.fixture
def cli() -> CKANCliRunner:
    """CKAN's own reads the configuration of all our tests."""
    return CKANCliRunner(env={"CKAN_INI": str(INI)})
