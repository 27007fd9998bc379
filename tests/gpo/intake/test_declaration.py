"""What a descriptor may declare, and what it may not."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.gpo.intake import Declaration, DeclarationError


def test_a_descriptor_becomes_a_declaration():
    declaration = Declaration.from_descriptor(
        {
            "columns": {"year": ""},
            "codes": {"kind": {"1": "图书馆"}},
            "sheet": "2025年",
            "allow": ["negative-brackets", "rows-hidden"],
            "units": {"元": "0.0001"},
        }
    )

    assert declaration == Declaration(
        columns={"year": ""},
        codes={"kind": {"1": "图书馆"}},
        sheet="2025年",
        allow=frozenset({"negative-brackets", "rows-hidden"}),
        units={"元": "0.0001"},
    )


def test_nothing_declared_is_a_declaration_too():
    assert Declaration.from_descriptor({}) == Declaration()


@pytest.mark.parametrize(
    ("descriptor", "reason"),
    [
        ([], "is not of type 'object'"),
        ({"sheets": "x"}, "'sheets' was unexpected"),
        ({"sheet": 1}, "sheet: 1 is not of type 'string'"),
        ({"columns": {"year": None}}, "columns.year: None"),
        ({"codes": {"kind": {}}}, "codes.kind"),
        ({"units": {"元": "1/10000"}}, "does not match"),
        ({"allow": ["negative-bracket"]}, "allow: negative-bracket"),
        ({"allow": ["merged-number"]}, "allow: merged-number"),
        ({"allow": ["rows-blank"]}, "allow: rows-blank"),
    ],
)
def test_what_is_wrong_is_named(descriptor: Any, reason: str):
    with pytest.raises(DeclarationError, match=reason):
        Declaration.from_descriptor(descriptor)
