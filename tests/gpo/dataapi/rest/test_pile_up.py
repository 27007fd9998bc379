"""Many who ask the same slow question at once: it is answered once, for all of them."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Semaphore
from typing import Any

import pytest

from ckanext.gpo.common.sharing import Sharing
from ckanext.gpo.dataapi import answers, summing

from ...conftest import Gate
from .conftest import BASE, NAME

MANY = 8
"""As many as a process has connections for."""

QUESTION = f"{BASE}/datasets/{NAME}/aggregate?group_by=street&measures=sum(floor_area)"


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Semaphore:
    """Released by each who waits for the answer to another."""
    semaphore = Semaphore(0)

    class Noticed(Future[Any]):
        def result(self, timeout: float | None = None) -> Any:
            semaphore.release()
            return super().result(timeout)

    monkeypatch.setattr("ckanext.gpo.common.sharing.Future", Noticed)
    monkeypatch.setattr(answers, "_sharing", Sharing())
    return semaphore


@pytest.mark.parametrize(
    ("question", "status"),
    [(QUESTION, 200), (f"{QUESTION}&having=[1]", 400)],
    ids=["answered", "refused"],
)
def test_a_question_is_answered_once_for_all_who_ask_it(
    app: Any,
    published: Gate,
    waiting: Semaphore,
    monkeypatch: pytest.MonkeyPatch,
    question: str,
    status: int,
):
    read, asked = summing._read, []

    def slow(*args: Any) -> Any:
        for _ in range(MANY - 1):
            assert waiting.acquire(timeout=60)
        asked.append(args)
        return read(*args)

    monkeypatch.setattr(summing, "_read", slow)

    def ask(_number: int) -> tuple[int, str]:
        answer = app.flask_app.test_client().get(question)
        return answer.status_code, answer.text

    with ThreadPoolExecutor(MANY) as pool:
        told = list(pool.map(ask, range(MANY)))

    assert len(asked) == 1
    assert {code for code, _text in told} == {status}
    assert len({text for _code, text in told}) == 1
