"""The scheme of the streets, held against the tables that name them."""

from __future__ import annotations

from decimal import Decimal

from ckanext.gpo.common import tables
from ckanext.gpo.explore import streets
from ckanext.gpo.explore.charts import Figure


def figure(key: str, value: int, length: float) -> Figure:
    return Figure(key, key, Decimal(value), None, length)


def test_it_has_the_streets_that_tables_list():
    listed = {
        table.ref: set(field["constraints"]["enum"])
        for table in tables.tables().values()
        for field in table.fields
        if field["name"] == "street"
    }
    assert len(listed) >= 4
    assert {
        ref: names for ref, names in listed.items() if names != streets.street_names()
    } == {}


def test_no_two_stand_in_one_place():
    places = {(tile.row, tile.column) for tile in streets.tiles([])}
    assert len(places) == len(streets.street_names())


def test_a_tile_is_as_dark_as_its_figure_is_high():
    drawn = [
        figure("红梅街道", 10, 100),
        figure("郑陆镇", 1, 3),
        figure("天宁街道", 0, 0),
    ]
    levels = {tile.name: tile.level for tile in streets.tiles(drawn)}
    assert (levels["红梅街道"], levels["郑陆镇"], levels["天宁街道"]) == (5, 1, 0)
    assert levels["茶山街道"] == 0


def test_a_street_in_both_languages():
    assert streets.street_title("郑陆镇", english=True) == "Zhenglu Town"
    assert streets.street_title("郑陆镇", english=False) == "郑陆镇"
    assert streets.street_title("无此街道", english=True) == "无此街道"
