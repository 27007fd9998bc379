"""Who asks the same at once shares one computation; who comes later begins anew."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Semaphore
from typing import Any

import pytest

from ckanext.gpo.common.sharing import Sharing

MANY = 16


class BrokenError(Exception):
    pass


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Semaphore:
    """Released by each who waits for the computation of another."""
    semaphore, wait = Semaphore(0), Future.result

    def result(self: Any, timeout: float | None = None) -> Any:
        semaphore.release()
        return wait(self, timeout)

    monkeypatch.setattr("ckanext.gpo.common.sharing.Future.result", result)
    return semaphore


@pytest.mark.parametrize("error", [None, BrokenError()])
def test_one_computes_for_all(waiting: Semaphore, error: Exception | None):
    sharing: Sharing[object] = Sharing()
    results: list[object] = []

    def compute() -> object:
        for _ in range(MANY - 1):
            assert waiting.acquire(timeout=60)
        results.append(object())
        if error:
            raise error
        return results[-1]

    def ask() -> object:
        try:
            return sharing.get("question", compute)
        except BrokenError as err:
            return err

    with ThreadPoolExecutor(MANY) as pool:
        futures = [pool.submit(ask) for _ in range(MANY)]
    answers = {future._result for future in futures}

    assert len(results) == 1
    assert answers == {error or results[0]}


def test_nothing_is_kept():
    sharing: Sharing[int] = Sharing()
    counted = iter(range(10))

    assert [sharing.get("a", lambda: next(counted)) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ZeroDivisionError):
        sharing.get("a", lambda: 1 // 0)
    assert sharing.get("a", lambda: next(counted)) == 3


def test_other_questions_are_not_waited_for():
    sharing: Sharing[str] = Sharing()

    assert sharing.get("a", lambda: sharing.get("b", lambda: "inner")) == "inner"
