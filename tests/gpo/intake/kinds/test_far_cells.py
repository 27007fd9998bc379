"""Places that no spreadsheet has, and spans without end: refused before they take memory."""

from __future__ import annotations

import pytest

from ckanext.gpo.intake.steps import IntakeError

from .reading import open_grid

SPREADSHEETML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>
<Row><Cell><Data ss:Type="String">编号</Data></Cell></Row>
<Row><Cell {}><Data ss:Type="String">1</Data></Cell></Row></Table></Worksheet></Workbook>"""


@pytest.mark.parametrize(
    "attribute",
    [
        'ss:Index="2000000000"',
        'ss:Index="-5"',
        'ss:Index="abc"',
        'ss:MergeAcross="2000000000"',
    ],
)
def test_spreadsheetml(attribute, tmp_path):
    path = tmp_path / "far.xls"
    path.write_text(SPREADSHEETML.format(attribute), "utf-8")

    with pytest.raises(IntakeError) as refusal:
        open_grid(path, tmp_path)
    assert refusal.value.code == "file-damaged"


def test_html(tmp_path):
    path = tmp_path / "wide.xls"
    cells = "<td colspan=1000>1" * 2000
    path.write_text(f"<table><tr><th>编号</tr><tr>{cells}</tr></table>", "utf-8")

    with pytest.raises(IntakeError) as refusal:
        open_grid(path, tmp_path)
    assert (refusal.value.code, refusal.value.row) == ("columns-too-many", 2)
