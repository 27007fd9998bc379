"""Real files of other places, meant for no table of ours: each is refused with its reason.

`real_outcomes.csv` keeps the reasons: a file that is read otherwise than before shows here.
All of them by night, by day a part.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.tables import table
from ckanext.gpo.intake import Limits
from ckanext.gpo.quality import engine, examination

from tests import effort

REAL = Path(__file__).parents[4] / "shared" / "realdata"
TABLE = table("budget/three_public_expenses")
STEP = 1 if effort.NIGHTLY else 20

with Path(__file__).with_name("real_outcomes.csv").open(encoding="utf-8") as kept:
    OUTCOMES = [(row["file"], row["codes"]) for row in csv.DictReader(kept)]


@pytest.mark.parametrize(("name", "codes"), OUTCOMES[::STEP])
def test_reason_is_the_same_as_ever(name: str, codes: str, tmp_path: Path):
    path = REAL / name
    if not path.is_file():
        pytest.skip("the real files are not on this machine")
    try:
        report = examination.examine(path, TABLE, {}, [], tmp_path, Limits())
    except CandidateError as err:
        report = engine.unreadable(err, TABLE)
    assert " ".join(sorted({count["rule"] for count in report["counts"]})) == codes
