"""Numbers and days as a workbook shows them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.intake.grid import DisplayedCell
from ckanext.gpo.intake.kinds.workbook.formats import BUILT_IN, reader
from ckanext.gpo.intake.kinds.workbook.numbers import parse_number


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("000", 1, "001"),
        ("00000000", 1050, "00001050"),
        ("0.00%", 0.9988, "99.88%"),
        ("0%", 0.125, "13%"),
        ("0.0E+00", 1.2e17, "1.2E+17"),
        ("0.00E+00", 12345, "1.23E+04"),
        ("#,##0.00", 1234567.891, "1,234,567.89"),
        ("#,##0.00", 1234.5, "1,234.50"),
        ("0.00", 1.005, "1.01"),
        ("0.00", -9.5, "-9.50"),
        ("0.00_);(0.00)", -3.456, "(3.46)"),
        ("0.00;-0.00;零", 0, "零"),
        ('"No."000', 7, "No.007"),
        ("0000-000", 1234567, "1234-567"),
        ("000-0000-0000", 5198880000, "051-9888-0000"),
        ("#.##", 0.5, ".5"),
        ("0.0##", 12.5001, "12.5"),
        ("#,##0,", 1234567, "1,235"),
        ('0"万元"', 12, "12万元"),
        ("[$¥-804]#,##0.00", 1234.5, "¥1,234.50"),
        ('[>=1000]0"大";0"小"', 12, "12小"),
        ("[Red]0.0", 3, "3.0"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', -1234.5, "-1,234.50"),
    ],
)
def test_numbers_shown_otherwise_than_stored(code, number, text):
    read = reader(code)
    assert read is not None
    assert read(number) == DisplayedCell(number, text)


@pytest.mark.parametrize("code", ["General", "@", "", "# ?/?"])
def test_formats_that_show_what_is_stored(code):
    assert reader(code) is None


@pytest.mark.parametrize(("code", "number"), [("0", 5), ("0.0", 2.5), ("#,##0", 12)])
def test_numbers_whose_format_changes_nothing(code, number):
    read = reader(code)
    assert read is not None
    assert read(number) == number
    assert not isinstance(read(number), DisplayedCell)


@pytest.mark.parametrize(
    ("code", "number", "moment"),
    [
        ("yyyy-mm-dd", 46082, date(2026, 3, 1)),
        ('[$-804]yyyy"年"m"月"d"日";@', 46082, date(2026, 3, 1)),
        ("m/d/yy", 59, date(1900, 2, 28)),
        ("m/d/yy", 61, date(1900, 3, 1)),
        ("yyyy-mm-dd hh:mm:ss", 46082.354166666664, "2026-03-01T08:30:00"),
        ("h:mm", 0.354166666666, time(8, 30)),
        ("[h]:mm", 1.5, timedelta(hours=36)),
        ("yyyy-mm", 46082, DisplayedCell(date(2026, 3, 1), "2026-03")),
        ('yyyy"年"m"月"', 46082, DisplayedCell(date(2026, 3, 1), "2026年3月")),
        ("m/d", 46082, DisplayedCell(date(2026, 3, 1), "3/1")),
        ("aaaa", 46082, DisplayedCell(date(2026, 3, 1), "星期日")),
    ],
)
def test_days(code, number, moment):
    read = reader(code)
    assert read is not None
    expected = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    assert read(number) == expected


def test_time_that_the_format_does_not_show():
    read = reader("yyyy-mm-dd")
    assert read is not None
    moment = datetime.fromisoformat("2026-03-01T08:24")
    assert read(46082.35) == DisplayedCell(moment, "2026-03-01")


@pytest.mark.parametrize("number", [0, 60, -1, 2_958_466])
def test_no_date_where_the_calendar_has_none(number):
    read = reader("yyyy-mm-dd")
    assert read is not None
    assert read(number) == number


def test_days_from_1904():
    read = reader("yyyy-mm-dd", date1904=True)
    assert read is not None
    assert read(44620) == date(2026, 3, 1)
    assert read(0) == date(1904, 1, 1)


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)))  # noqa: DTZ001
def test_moments_come_back(moment):
    moment = moment.replace(microsecond=0)
    read = reader("yyyy-mm-dd hh:mm:ss")
    assert read is not None
    back = read(openpyxl.utils.datetime.to_excel(moment))
    assert back == (moment if moment.time() != time() else moment)


@given(st.sampled_from(sorted(BUILT_IN.values())), st.floats(-1e12, 1e12))
def test_every_built_in_format_shows_something(code, number):
    read = reader(code)
    assert read is None or read(number) is not None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("9.50", 9.5),
        ("3.0", 3),
        ("-7", -7),
        ("1.2E+17", 120_000_000_000_000_000),
        ("320102199001011234", 320_102_199_001_011_234),
        ("12x", None),
        ("NaN", None),
        ("1E+999", None),
    ],
)
def test_stored_numbers_keep_their_digits(text, number):
    assert parse_number(text) == number
