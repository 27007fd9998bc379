"""Fields of item 9 (共享属性) stay inside, in every dict in which CKAN carries them."""

from __future__ import annotations

import json

from ckanext.gpo.catalogue import intranet

SHARED = {
    "share_type": "1",
    "share_condition": "用于核查",
    "share_mode_class": "platform",
    "share_mode_type": "file",
}


def test_the_fields_are_those_of_the_schema():
    assert intranet.fields() == set(SHARED)


def test_removed_from_both_schemas():
    custom = {"title": "t", **SHARED}
    default = {
        "title": "t",
        "extras": [
            {"key": k, "value": v} for k, v in {"fmt_class": "02", **SHARED}.items()
        ],
    }
    intranet.remove(custom)
    intranet.remove(default)
    assert custom == {"title": "t"}
    assert default["extras"] == [{"key": "fmt_class", "value": "02"}]


def test_added_where_the_schema_has_them():
    custom = {"title": "t", "fmt_class": "02"}
    default = {"title": "t", "extras": [{"key": "fmt_class", "value": "02"}]}
    stored = {"fmt_class": "02", **SHARED}
    intranet.add(custom, stored)
    intranet.add(default, stored)
    assert custom == {"title": "t", "fmt_class": "02", **SHARED}
    assert {e["key"] for e in default["extras"]} == {"fmt_class", *SHARED}


def test_nothing_is_left_in_an_indexed_document():
    document = {
        "id": "1",
        **SHARED,
        **{f"extras_{k}": v for k, v in SHARED.items()},
        "data_dict": json.dumps(
            {"extras": [{"key": k, "value": v} for k, v in SHARED.items()]}
        ),
        "validated_data_dict": json.dumps(SHARED),
    }
    intranet.remove_from_document(document)
    assert document == {
        "id": "1",
        "data_dict": '{"extras": []}',
        "validated_data_dict": "{}",
    }
