"""Which port a server gets, and that nobody else gets it first."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from launcher import ports
from launcher.ports import Reservation
from launcher.start import choose_ports
from launcher.steps import StepError

LISTEN = """
import socket, sys
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen()
"""
"""What any server does with its port."""


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which this process listens."""
    with socket.create_server((ports.HOST, 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def reservation() -> Iterator[Reservation]:
    with ports.reserve() as made:
        yield made


def can_listen(port: int) -> bool:
    command = [sys.executable, "-c", LISTEN, str(port)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_port_with_a_listener_can_not_be_reserved(
    reservation: Reservation, taken: int
):
    assert not reservation.take(taken)


def test_a_reserved_port_is_closed_to_every_other_program_until_it_is_released(
    reservation: Reservation,
):
    port = reservation.first_free(27000)

    assert not can_listen(port)
    reservation.release(port)
    assert can_listen(port)


def test_the_end_of_the_block_releases_what_nobody_used():
    with ports.reserve() as reservation:
        port = reservation.first_free(27000)

    assert can_listen(port)


def test_two_who_look_for_a_port_at_once_get_two(reservation: Reservation):
    with ports.reserve() as other:
        assert reservation.first_free(27000) != other.first_free(27000)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::"])
def test_the_process_that_listens_is_named_whatever_address_it_took(host: str):
    family = socket.AF_INET6 if host == "::" else socket.AF_INET
    with socket.create_server((host, 0), family=family) as server:
        port = server.getsockname()[1]

        assert ports.in_use(port)
        assert list(ports.listeners(port)) == [os.getpid()]
        assert f"PID {os.getpid()}" in ports.holder(port)


def test_nobody_listens_on_a_free_port(reservation: Reservation):
    port = reservation.first_free(27000)
    reservation.release(port)

    assert not ports.in_use(port)
    assert ports.holder(port) == ""


def test_every_server_gets_a_port_of_its_own_and_keeps_it():
    with ports.reserve() as reservation:
        web = reservation.first_free(27100)
        reservation.release(web)
        chosen = choose_ports({}, web, reservation)
        assert not any(can_listen(port) for port in chosen.values())

    assert len(set(chosen.values())) == len(chosen)
    with ports.reserve() as reservation:
        assert choose_ports(chosen, None, reservation) == chosen


def test_an_inner_port_that_is_taken_meanwhile_is_replaced(
    reservation: Reservation, taken: int
):
    web = reservation.first_free(27200)
    reservation.release(web)

    chosen = choose_ports({"web": web, "redis": taken}, None, reservation)

    assert chosen["web"] == web
    assert chosen["redis"] != taken


def test_the_sites_own_port_in_use_says_by_whom_and_what_to_do(
    reservation: Reservation, taken: int
):
    with pytest.raises(StepError, match=f"PID {os.getpid()}") as failed:
        choose_ports({}, taken, reservation)

    assert f"--port {taken + 1}" in failed.value.hint
