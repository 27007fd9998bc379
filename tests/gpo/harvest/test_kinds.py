"""A kind describes itself: a plugin of anyone's is all that a new kind needs."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest
from click import Command, Context
from click.testing import CliRunner

import ckan.plugins as p
from ckan.tests.helpers import call_action

from ckanext.gpo.harvest import kinds
from ckanext.gpo.harvest.base import GpoHarvester
from ckanext.gpo.harvest.cli import gpo_harvest
from ckanext.gpo.harvest.extract import Extract, Row
from ckanext.gpo.harvest.failures import HarvestError, Texts, Translate
from ckanext.gpo.harvest.kind import Kind
from ckanext.gpo.harvest.sources import Source, SourceTable
from ckanext.harvest.interfaces import IHarvester

from .conftest import VENUES, Site


class LedgerError(HarvestError):
    @staticmethod
    def texts(_: Translate) -> Texts:
        return {"ledger-closed": (_("The ledger {shelf} is closed."), _("Open it."))}


def _words(_: Translate) -> tuple[str, str]:
    return _("Ledger on a shelf"), _("One row, as it was written by hand")


class ShelfHarvester(GpoHarvester, p.SingletonPlugin):
    p.implements(IHarvester)

    kind = Kind(
        name="shelf",
        words=_words,
        address="room 3",
        table={"required": ["shelf"], "properties": {"shelf": {"type": "string"}}},
        error=LedgerError,
    )

    def extract(self, source: Source, table: SourceTable) -> Extract:
        shelf = table.options["shelf"]
        return Extract(["code"], _rows(shelf), f"shelf {shelf}")


def _rows(shelf: str) -> Generator[Row, None, None]:
    if shelf == "closed":
        raise LedgerError("ledger-closed", shelf=shelf)
    yield 0, ["W001"]


@pytest.fixture
def shelf(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The site with the plugin of a kind that nothing else knows."""
    name = "test_shelf_harvester"
    monkeypatch.setattr(p.core, "_get_service", _service(name))
    p.load(name)
    yield site
    p.unload(name)


def _service(name: str):
    found = p.core._get_service

    def get(plugin_name: str):
        if plugin_name == name:
            return ShelfHarvester(name=name)
        return found(plugin_name)

    return get


def _write(site: Site, **keys: str) -> None:
    table = {"table": VENUES, "columns": {"venue_code": "code"}, **keys}
    site.write("alpha", kind="shelf", tables=[table])


def test_its_sources_are_harvested(shelf: Site) -> None:
    _write(shelf, shelf="upper")

    assert shelf.sync() == {"alpha": "created"}
    [item] = shelf.run()

    assert (item.message, item.state) == ("", "added")
    assert shelf.harvest_source("alpha").type == "gpo_shelf"


def test_its_schema_holds_for_its_sources(shelf: Site) -> None:
    _write(shelf, file="x.csv")

    assert shelf.sync() == {"alpha": "failed"}


def test_its_errors_are_told_in_its_own_words(shelf: Site) -> None:
    _write(shelf, shelf="closed")
    shelf.sync()

    [item] = shelf.run()

    assert item.message == "[ledger-closed] The ledger closed is closed. Open it."


def test_pages_and_commands_name_it(shelf: Site) -> None:
    with shelf.app.test_request_context():
        offered = call_action("harvesters_info_show")
    assert {"name": "gpo_shelf", "title": "Ledger on a shelf"}.items() <= next(
        each.items() for each in offered if each["name"] == "gpo_shelf"
    )
    parent = Context(Command("ckan"))
    parent.meta["flask_app"] = shelf.app
    printed = CliRunner().invoke(gpo_harvest, ["kinds"], parent=parent).output
    assert "shelf: Ledger on a shelf" in printed
    assert "ledger-closed" in printed
    assert "room 3" in printed


def test_without_its_plugin_there_is_no_such_kind(site: Site) -> None:
    assert sorted(kinds.kinds()) == ["database", "files", "rest"]
    _write(site, shelf="upper")
    assert site.sync() == {"alpha": "failed"}
