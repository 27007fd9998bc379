"""Delimited texts: any encoding, delimiter and line end; what is not well formed is refused."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ckanext.gpo.intake import kinds
from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.steps import IntakeError

from .reading import codes, open_grid, table

LABELS = ["编号", "名称", "说明"]


def refused(content: bytes, folder, **options) -> IntakeError:
    path = folder / "table.csv"
    path.write_bytes(content)
    with pytest.raises(IntakeError) as caught:
        open_grid(path, folder, **options)
    return caught.value


def read(content: bytes, folder, **options):
    path = folder / "table.csv"
    path.write_bytes(content)
    return open_grid(path, folder, **options)


cells = st.text(
    st.characters(codec="gb18030", exclude_characters="\0\r\ufeff\ufdd0")
    | st.sampled_from('",\n\t;| 甲乙丙'),
    max_size=8,
)


@given(
    rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=5),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    delimiter=st.sampled_from(",\t;|"),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_a_well_formed_file_comes_back_as_it_is(
    rows, encoding, delimiter, newline, tmp_path_factory
):
    text = io.StringIO()
    writer = csv.writer(
        text, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL
    )
    # So much common text that rare characters raise no doubt about the encoding
    every = [LABELS, ["一号", "天宁区示例工程项目" * 30, "备注说明"], *map(list, rows)]
    writer.writerows(every)

    def fits(first):
        return float(list(first[0][1]) == LABELS) if first else 0.0

    folder = tmp_path_factory.mktemp("round")
    swallowing = any(
        line.count(delimiter) >= 2
        for row in rows
        for cell in row
        for line in cell.split("\n")[1:]
    )
    # A cell that holds what is a row by itself cannot be told from a swallowed one
    assume(not swallowing)
    content = text.getvalue().encode(encoding)
    assert table(read(content, folder, fits=fits)[1]) == every


def test_commas_in_the_lines_of_a_remark_are_no_row(tmp_path):
    content = '编号,名称,说明\n001,甲,"见附件：\n一、A,B,C"\n002,乙,丙\n'
    _, rows = read(content.encode(), tmp_path)
    assert table(rows)[1][2] == "见附件：\n一、A,B,C"


def test_rows_carry_the_lines_at_which_they_begin(tmp_path):
    _, rows = read('编号,说明\n1,"甲\n乙"\n2,丙\n'.encode(), tmp_path)
    assert [number for number, _ in rows] == [1, 2, 4]


def test_line_ends_within_cells_do_not_count_as_those_of_lines(tmp_path):
    grid, rows = read('编号,说明\r1,"甲\n乙"\r2,丙\r'.encode(), tmp_path)
    assert table(rows) == [["编号", "说明"], ["1", "甲\n乙"], ["2", "丙"]]
    assert codes(grid) == ["line-ends-read", "cell-line-breaks-joined"]


def test_excels_line_about_the_delimiter(tmp_path):
    grid, rows = read("sep=;\n编号;说明\n1;甲,乙\n".encode(), tmp_path)
    assert rows == [(2, ["编号", "说明"]), (3, ["1", "甲,乙"])]
    assert codes(grid) == ["delimiter-read", "delimiter-line-ignored"]


def test_the_delimiter_is_the_one_by_which_the_columns_are_there(tmp_path):
    content = "编号;说明\n1;甲,乙,丙\n2;丁,戊,己\n3;庚,辛,壬\n".encode()

    def fits(rows):
        return float(bool(rows) and list(rows[0][1]) == ["编号", "说明"])

    grid, _ = read(content, tmp_path, fits=fits)
    assert grid.steps[0].facts == {"delimiter": ";"}


def test_a_file_of_one_column(tmp_path):
    grid, rows = read("名称\n甲\n乙\n".encode(), tmp_path)
    assert table(rows) == [["名称"], ["甲"], ["乙"]]
    assert codes(grid) == []


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ('编号,名称,说明\n1,甲,乙\n2,丙,"丁\n3,戊,己\n', "quote-unclosed", 3),
        ('编号,名称,说明\n1,甲,"乙\n2,丙,丁\n3,戊,己"\n', "quote-unclosed", 2),
        ('编号,名称,说明\n1,"甲"乙,丙\n', "quote-stray", 2),
        ("编号,名称,数量,说明\n1,甲,2,乙\n2,丙\n丁,3,戊\n", "row-broken", 3),
        ("编号,名称,说明\n1,甲,乙\n2,丙", "file-cut", 3),
        ("编号,名称,说明\n1,甲,乙\n2;丙;丁\n", "delimiter-mixed", 3),
    ],
)
def test_what_is_not_well_formed_is_refused_where_it_begins(
    content, code, line, tmp_path
):
    err = refused(content.encode(), tmp_path)
    assert (err.code, err.place.row) == (code, line)


def test_a_last_row_without_line_end_is_a_row(tmp_path):
    _, rows = read("编号,说明\n1,甲".encode(), tmp_path)
    assert table(rows)[-1] == ["1", "甲"]


def test_a_short_line_above_or_below_is_no_broken_row(tmp_path):
    content = "一览表\n编号,名称,说明\n1,甲,乙\n合计,1\n制表人：某某\n"
    _, rows = read(content.encode(), tmp_path)
    assert [len(cells) for _, cells in rows] == [1, 3, 3, 2, 1]


@pytest.mark.parametrize("position", range(1, 12))
def test_damaged_utf8_is_named_by_byte_and_line(position, tmp_path):
    content = bytearray("编号,名称\n一,天宁区\n".encode())
    offset = [i for i, byte in enumerate(content) if byte >= 0xE0][position % 6]
    content[offset] = 0xFF
    err = refused(bytes(content), tmp_path)
    line = content[:offset].count(b"\n") + 1
    assert (err.code, err.facts["byte"]) == ("encoding-damaged", offset + 1)
    assert err.facts["line"] == line


def test_damage_is_found_beyond_the_first_pieces(tmp_path):
    good = "编号,天宁区示例街道\n".encode() * 60_000
    err = refused(good + b"\xe5\xa4,\n", tmp_path)
    assert (err.facts["byte"], err.facts["line"]) == (len(good) + 1, 60_001)


@pytest.mark.parametrize("encoding", ["big5", "euc_kr", "shift_jis"])
def test_other_encodings_are_not_read_as_chinese(encoding, tmp_path):
    text = {
        "big5": "編號,機構名稱,備註說明\n1,臺北市政府資訊局,開放資料清單\n",
        "euc_kr": "번호,기관명,주소\n1,서울특별시 공공데이터 센터,서울특별시 중구\n",
        "shift_jis": "番号,なまえ,せつめい\n1,とうきょうとの,データのひょう\n",
    }[encoding]
    err = refused(text.encode(encoding), tmp_path)
    assert err.code == "encoding-implausible"


@pytest.mark.parametrize("wrong", ["gbk", "cp1252"])
def test_text_that_was_encoded_twice(wrong, tmp_path):
    raw = "编号,机构名称\n1,天宁区人民政府办公室\n".encode()
    if wrong == "gbk":
        twice = raw.decode("gbk", "replace")
    else:
        # What Windows does with the bytes that its code page leaves undefined
        twice = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in raw)
    assert refused(twice.encode(), tmp_path).code == "encoding-twice"


def test_traditional_characters_in_utf8_are_read(tmp_path):
    grid, _ = read("編號,機構名稱\n1,臺北市政府資訊局\n".encode(), tmp_path)
    assert codes(grid) == []


@pytest.mark.parametrize(
    ("limits", "content", "code"),
    [
        (kinds.Limits(rows=2), "编号\n1\n2\n", "rows-too-many"),
        (kinds.Limits(columns=2), "甲,乙,丙\n1,2,3\n", "columns-too-many"),
        (kinds.Limits(record=10), "编号,名称\n" + "一" * 20, "record-too-long"),
        (kinds.Limits(), "编号,名称\n1,\0\n", "text-nul"),
        (kinds.Limits(), " \r\n\n", "file-empty"),
        (kinds.Limits(), "\0" * 5000, "file-zeros"),
    ],
)
def test_limits_and_what_no_text_holds(limits, content, code, tmp_path):
    assert refused(content.encode(), tmp_path, limits=limits).code == code


def test_a_file_that_grows_while_it_is_read(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes("编号,名称\n1,甲\n".encode())
    with path.open("ab") as stream:
        grid = kinds.open_file(
            path, Declaration(), kinds.Limits(), tmp_path, lambda rows: 0.0
        )
        stream.write("2,乙\n".encode())
    with pytest.raises(IntakeError, match="file-growing"):
        list(grid.stream)
