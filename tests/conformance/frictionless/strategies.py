"""Tables and schemas that provoke: every type, format option and constraint of Table Schema."""

from __future__ import annotations

import csv
import io
from typing import Any

from hypothesis import strategies as st

SNIPPETS = {
    "string": [
        "天宁",
        "a",
        "",
        " ",
        "TN01",
        "TN1",
        "NULL",
        "-",
        "é",
        "🦆",
        "a\nb",
        'q"q',
        "a,b",
        "None",
        "x" * 12,
        "\u00a0",
        "ＴＮ０１",
        "true",
    ],
    "integer": [
        "0",
        "1",
        "-1",
        "007",
        "+5",
        " 5",
        "5 ",
        "1_000",
        "１２",
        "99999999999999999999",
        "9223372036854775807",
        "5.0",
        "",
        "abc",
        "-0",
        "5元",
        "¥5",
        "1e3",
        "2147483648",
    ],
    "number": [
        "0",
        "1.5",
        "-1.50",
        "1,234.5",
        "1.234,5",
        "1e5",
        "NaN",
        "inf",
        "",
        ".5",
        "5.",
        "1.500000000000000001",
        "0.1",
        "12345678901234567890.1",
        "5%",
        "1 000",
        "١",
        "-0",
        "0.30",
        "00.5",
        "1234567890123456",
    ],
    "boolean": ["true", "false", "True", "1", "0", "是", "否", "yes", "", "TRUE", "t"],
    "date": [
        "2017-11-24",
        "2017-02-29",
        "2016-02-29",
        "2017-1-2",
        "20171124",
        "24/11/2017",
        "2017年11月24日",
        "",
        "0001-01-01",
        "0999-12-31",
        "9999-12-31",
        "10000-01-01",
        " 2017-11-24",
        "2017-11-24 ",
        "2017-11-24T00:00:00",
        "Nov 24 2017",
    ],
    "datetime": [
        "2017-11-24T08:00:00",
        "2017-11-24T24:00:00",
        "2017-11-24 08:00:00",
        "2017-11-24T08:00:00Z",
        "2017-11-24T08:00:00+08:00",
        "2017-11-24T08:00:60",
        "2017-02-29T08:00:00",
        "",
        "2017-11-24T08:00:00.5",
        "2017/11/24 08:00:00",
        "2017-11-24T08:00",
    ],
    "time": ["08:00:00", "24:00:00", "8:00:00", "", "08:00:60", "08:00:00Z", "08:00"],
    "year": [
        "2017",
        "0017",
        "17",
        "-017",
        "+201",
        "20 7",
        "",
        "１９９９",
        "9999",
        "10000",
    ],
    "yearmonth": [
        "2017-11",
        "2017-13",
        "2017-1",
        "17-01",
        "",
        "2017-011",
        "2017-11-24",
        "0017-01",
    ],
    "duration": ["P1Y", "PT5M", "", "x", "P1Y2M3DT4H5M6S"],
    "geopoint": ["119.97,31.77", "190,1", "", "119.97, 31.77", "x,y", "[1,2]"],
    "geojson": ['{"type": "Point", "coordinates": [1, 2]}', "", "{}", "x"],
    "object": ['{"a": 1}', "[]", "", "x"],
    "array": ['[1, "a"]', "{}", "", "x"],
    "list": ["a,b", "", "1,2", "x"],
    "any": ["", "a", "1", "None", "true"],
}

_GOOD = {
    "string": ["天宁", "TN01", "TN02", "a", "兰陵"],
    "integer": ["0", "1", "5", "-3", "42"],
    "number": ["0", "1.5", "0.30", "-2", "1.6"],
    "boolean": ["true", "false", "1"],
    "date": ["2017-11-24", "2016-02-29", "1999-12-31"],
    "datetime": ["2017-11-24T08:00:00", "2016-12-31T23:59:59"],
    "time": ["08:00:00", "23:59:59"],
    "year": ["2017", "1999", "9999"],
    "yearmonth": ["2017-11", "2016-01"],
    "any": ["a", "1", "true"],
}
"""Cells that a proof may hold for: else every row is a suspect, and nothing is proved."""

_FORMATS: dict[str, list[dict[str, Any]]] = {
    "string": [{}, {"format": "email"}, {"format": "uri"}, {"format": "uuid"}],
    "integer": [{}, {"bareNumber": False}],
    "number": [
        {},
        {"decimalChar": ","},
        {"groupChar": ","},
        {"decimalChar": ",", "groupChar": "."},
        {"bareNumber": False},
        {"floatNumber": True},
        {"groupChar": " "},
        {"decimalChar": "."},
        {"groupChar": "."},
    ],
    "boolean": [
        {},
        {"trueValues": ["是", "1"], "falseValues": ["否", "0"]},
        {"trueValues": ["是", "1"], "falseValues": ["1"]},
    ],
    "date": [
        {},
        {"format": "any"},
        {"format": "%Y年%m月%d日"},
        {"format": "%d/%m/%Y"},
        {"format": "%Y%m%d"},
        {"format": "%Y-%m-%d"},
        {"format": "%y-%m-%d"},
    ],
    "datetime": [{}, {"format": "any"}, {"format": "%Y/%m/%d %H:%M:%S"}],
    "time": [{}, {"format": "any"}],
    "list": [{}, {"delimiter": ";", "itemType": "integer"}],
    "geopoint": [{}, {"format": "array"}],
}

_LIMITS = {
    "integer": ["0", "5", "-3", "99999999999999999999"],
    "number": ["0", "1.5", "0.3", "1.500000000000000001"],
    "date": ["2017-01-01", "0500-01-01"],
    "datetime": ["2017-01-01T00:00:00"],
    "year": ["2000"],
    "yearmonth": ["2017-06"],
}

_PATTERNS = [
    "TN\\d{2}",
    "a|TN01",
    "[A-Z]{2}\\d+",
    ".*",
    "\\w+",
    "[^a]+",
    "(?:tn|TN).*",
    "[一-龥]+",
    "(a|b)\\1",
    "x{1,}",
    "\\S+",
    "T.+1$",
]


@st.composite
def fields(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from([*sorted(SNIPPETS), *_GOOD, *_GOOD, *_GOOD]))
    field: dict[str, Any] = {"name": name, "type": kind}
    field |= draw(st.sampled_from(_FORMATS.get(kind, [{}])))
    if draw(st.integers(0, 4)) == 0:
        field["missingValues"] = draw(
            st.sampled_from([["", "-"], ["NULL"], ["", "0"], []])
        )
    constraints: dict[str, Any] = {}
    if draw(st.integers(0, 2)) == 0:
        constraints["required"] = True
    if draw(st.integers(0, 4)) == 0:
        constraints["unique"] = True
    if kind in _LIMITS and draw(st.booleans()):
        bound = draw(
            st.sampled_from(
                ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]
            )
        )
        limit = draw(st.sampled_from(_LIMITS[kind]))
        # A bound has to be readable as the field reads its cells.
        if (
            "format" not in field
            and "decimalChar" not in field
            and "groupChar" not in field
        ):
            constraints[bound] = limit
    if kind == "string":
        if draw(st.booleans()):
            constraints["pattern"] = draw(st.sampled_from(_PATTERNS))
        if draw(st.integers(0, 2)) == 0:
            constraints["maxLength"] = draw(st.integers(0, 4))
        if draw(st.integers(0, 3)) == 0:
            constraints["minLength"] = draw(st.integers(0, 4))
    if kind in ("string", "integer", "any", "year") and draw(st.integers(0, 3)) == 0:
        good = {"integer": ["0", "1", "5"], "year": ["2017", "9999"]}.get(
            kind, SNIPPETS[kind]
        )
        constraints["enum"] = draw(
            st.lists(st.sampled_from(good), min_size=1, max_size=4, unique=True)
        )
    if constraints:
        field["constraints"] = constraints
    return field


def _cells(kind: str) -> st.SearchStrategy[str]:
    odd = st.sampled_from(SNIPPETS[kind])
    good = st.sampled_from(_GOOD.get(kind, SNIPPETS[kind]))
    return st.integers(0, 9).flatmap(lambda n: odd if n == 0 else good)


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, Any], bytes]:
    """A Table Schema and the bytes of a CSV file for it."""
    width = draw(st.integers(1, 4))
    columns = [draw(fields(f"f{i}")) for i in range(width)]
    schema: dict[str, Any] = {"fields": columns}
    names = [column["name"] for column in columns]
    if draw(st.booleans()):
        schema["primaryKey"] = draw(
            st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
        )
    mode = draw(
        st.sampled_from([None, "exact", "equal", "subset", "superset", "partial"])
    )
    if mode:
        schema["fieldsMatch"] = mode
    if draw(st.integers(0, 5)) == 0:
        schema["missingValues"] = draw(st.sampled_from([["", "NULL"], ["-"], [""]]))
    labels = list(names)
    change = draw(st.integers(0, 9))
    if change == 0:
        labels = draw(st.permutations(labels))
    elif change == 1:
        labels = [*labels, draw(st.sampled_from(["extra", "", "f0"]))]
    elif change == 2 and width > 1:
        labels = labels[:-1]
    kinds = {column["name"]: column["type"] for column in columns}
    rows = []
    for _ in range(draw(st.integers(0, 8))):
        row = [draw(_cells(kinds.get(label, "string"))) for label in labels]
        shape = draw(st.integers(0, 15))
        if shape == 0:
            row = row[:-1]
        elif shape == 1:
            row = [*row, "more"]
        elif shape == 2:
            row = []
        elif shape == 3 and rows:
            row = list(rows[-1])
        rows.append(row)
    text = io.StringIO()
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(text, lineterminator=ending, quoting=quoting)
    writer.writerow(labels)
    for row in rows:
        if row:
            writer.writerow(row)
        else:
            text.write(ending)
    content = text.getvalue()
    if draw(st.integers(0, 5)) == 0:
        content = content.rstrip("\r\n")
    if draw(st.integers(0, 12)) == 0:
        content = content.replace(
            "a", draw(st.sampled_from(['"', "\r", "\0", ' " '])), 1
        )
    return schema, content.encode()


def cells() -> st.SearchStrategy[str]:
    """Texts of cells: of every type, nearly of every type, and any text at all."""
    alphabet = st.sampled_from(
        "0123456789-+.,:/TZ年月日eE _()NaInftruefls \n\t\"'，天宁é١"
    )
    known = sorted({text for texts in SNIPPETS.values() for text in texts})
    return st.one_of(
        st.sampled_from([text for text in known if "\0" not in text]),
        st.text(alphabet, max_size=12),
        st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
            max_size=6,
        ),
        st.dates().map(str),
        st.datetimes(timezones=st.none()).map(lambda moment: moment.isoformat()),
        st.integers().map(str),
        st.decimals().map(str),
    )
