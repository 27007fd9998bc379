"""The real supervisord over small programs: what dies comes back, a stop leaves nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from launcher import account, ports, processes, status, waiting
from launcher.environment import MARK
from launcher.place import Place
from launcher.programs import Program
from launcher.state import State
from launcher.steps import StepError
from launcher.supervisor import Supervisor

ME = account.caller()
SECONDS = 30


@pytest.fixture
def supervisor(place: Place) -> Iterator[Supervisor]:
    if not place.fits_socket:
        pytest.skip("the temporary folder lies too deep for a socket")
    made = Supervisor(place)
    yield made
    if made.is_up():
        made.shut_down()


def launch(supervisor: Supervisor, *commands: tuple[str, str]) -> None:
    programs = [
        Program(name, "", ["/bin/sh", "-c", command], ME, priority=number)
        for number, (name, command) in enumerate(commands, start=1)
    ]
    env = {**os.environ, MARK: str(supervisor.place.data)}
    supervisor.launch(programs, ME, env, outlives=False)


def until(ready) -> bool:
    return waiting.until(ready, seconds=SECONDS, check=lambda: None)


def test_a_program_that_is_killed_comes_back(supervisor: Supervisor):
    launch(supervisor, ("sleeper", "exec sleep 600"))
    supervisor.start("sleeper")
    supervisor.await_ready("sleeper")
    first = supervisor.state("sleeper")["pid"]

    os.kill(first, signal.SIGKILL)

    def is_back() -> bool:
        state = supervisor.state("sleeper")
        return state["statename"] == "RUNNING" and state["pid"] != first

    assert until(is_back)


def test_a_program_that_ends_at_once_is_told_with_its_log(supervisor: Supervisor):
    launch(supervisor, ("broken", "echo no such table; exit 3"))
    supervisor.start("broken")

    with pytest.raises(StepError, match="broken") as failed:
        supervisor.await_ready("broken")

    assert failed.value.log
    assert "no such table" in Path(failed.value.log).read_text()


def test_a_stop_goes_backwards_and_leaves_nothing(
    supervisor: Supervisor, tmp_path: Path
):
    ends = tmp_path / "ends"
    note = 'trap "echo {} >> ' + str(ends) + '; exit" TERM; sleep 600 & wait'
    launch(supervisor, ("first", note.format(1)), ("second", note.format(2)))
    for name in ("first", "second"):
        supervisor.start(name)
        supervisor.await_ready(name)
    data = supervisor.place.data
    assert len(processes.site_processes(data, MARK)) >= 5

    assert supervisor.shut_down()

    assert ends.read_text().split() == ["2", "1"]
    assert until(lambda: not processes.site_processes(data, MARK))


def test_the_status_names_what_runs_with_its_memory_and_what_is_silent(
    supervisor: Supervisor, capsys: pytest.CaptureFixture
):
    launch(supervisor, ("sleeper", "exec sleep 600"), ("idle", "exec sleep 600"))
    supervisor.start("sleeper")
    supervisor.await_ready("sleeper")
    with ports.reserve() as reservation:
        State(supervisor.place.state, ME).keep_ports(
            {"web": reservation.first_free(27300)}
        )

    assert status.show(supervisor.place) == 3

    rows = {
        line.split()[0]: line.split()
        for line in capsys.readouterr().out.splitlines()
        if line
    }
    assert rows["sleeper"][1:3] == ["RUNNING", str(supervisor.state("sleeper")["pid"])]
    assert rows["sleeper"][-1] == "MiB"
    assert rows["idle"][1:3] == ["STOPPED", "-"]
    assert "无应答" in rows["网址"]


def test_no_supervisor_is_no_error(supervisor: Supervisor):
    assert not supervisor.is_up()
