"""All rooms sweep, and none keeps another from it."""

from __future__ import annotations

import pytest
import redis

from ckanext.gpo.common.notices import jobs as notice_jobs
from ckanext.gpo.common.sweeps import sweep_all
from ckanext.gpo.quality import jobs as quality_jobs


@pytest.mark.usefixtures("clean_db")
@pytest.mark.parametrize("failing", [quality_jobs, notice_jobs])
def test_a_sweep_that_fails_keeps_no_other_from_its_own(
    monkeypatch: pytest.MonkeyPatch, failing: object
):
    swept = []

    def sweep(module: object) -> None:
        swept.append(module)
        if module is failing:
            raise redis.ConnectionError

    for module in (quality_jobs, notice_jobs):
        monkeypatch.setattr(module, "sweep", lambda module=module: sweep(module))

    sweep_all()

    assert set(swept) == {quality_jobs, notice_jobs}
