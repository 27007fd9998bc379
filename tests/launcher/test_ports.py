"""Which port a server gets."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator

import pytest
from launcher import ports
from launcher.start import choose_ports
from launcher.steps import StepError


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which this process listens."""
    with socket.create_server((ports.HOST, 0)) as server:
        yield server.getsockname()[1]


def test_a_port_with_a_listener_is_not_free(taken: int):
    assert not ports.is_free(taken)


def test_the_process_that_holds_a_port_is_named(taken: int):
    assert f"PID {os.getpid()}" in ports.holder(taken)


def test_nobody_holds_a_free_port():
    assert ports.holder(ports.first_free(27000)) == ""


def test_the_first_free_one_is_not_one_that_is_spoken_for():
    first = ports.first_free(27000)

    assert ports.first_free(27000, taken={first}) > first


def test_every_server_gets_a_port_of_its_own_and_keeps_it():
    chosen = choose_ports({}, ports.first_free(27100))

    assert len(set(chosen.values())) == len(chosen)
    assert choose_ports(chosen, None) == chosen


def test_an_inner_port_that_is_taken_meanwhile_is_replaced(taken: int):
    web = ports.first_free(27200)

    chosen = choose_ports({"web": web, "redis": taken}, None)

    assert chosen["web"] == web
    assert chosen["redis"] != taken


def test_the_sites_own_port_in_use_says_by_whom_and_what_to_do(taken: int):
    with pytest.raises(StepError, match=f"PID {os.getpid()}") as failed:
        choose_ports({}, taken)

    assert f"--port {taken + 1}" in failed.value.hint
