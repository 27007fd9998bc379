"""What says the same is indexed and looked for in one form."""

from __future__ import annotations

import pytest

from ckanext.gpo.search.analysis.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２", "ABC12"),
        ("環境影響評價", "环境影响评价"),
        ("臺灣", "台湾"),
        ("plain text", "plain text"),
        ("二〇一七年", "2017年"),
        ("二零一七年度", "2017年度"),
        ("国办发〔二〇一七〕四十二号", "国办发〔2017〕42号"),
        ("第七百一十一号", " 711号"),
        ("第十场", " 10场"),
        ("第042号", " 42号"),
        ("国办发201742号", "国办发2017 42号"),
        ("（2017）42号", "(2017)42号"),
        ("一件事一次办", "一件事一次办"),
        ("十四五规划", "十四五规划"),
        ("三公经费", "三公经费"),
        ("统一号码", "统一号码"),
        ("万一号", "万一号"),
    ],
)
def test_folded(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded, "folding twice changes nothing"
