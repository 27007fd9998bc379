"""`bin/run --status`: what runs, since when, what it holds in memory, where it answers."""

from __future__ import annotations

from datetime import timedelta

from launcher import account, processes
from launcher.environment import MARK
from launcher.http import answers
from launcher.place import Place
from launcher.ports import HOST
from launcher.processes import Memory
from launcher.state import State
from launcher.supervisor import Supervisor
from launcher.tables import table

_MIB = 1024 * 1024


def show(place: Place) -> int:
    """Print the state of the site; return 0 if all of it runs and answers, 3 if not."""
    supervisor = Supervisor(place)
    if not supervisor.is_up():
        processes_left = processes.site_processes(place.data, MARK)
        print("未运行 · Not running")
        if processes_left:
            print(f"残留进程 · left behind: {sorted(processes_left)}; bin/run --stop")
        return 3
    states = supervisor.states()
    groups = {
        state["name"]: processes.family(state["pid"])
        for state in states
        if state["pid"]
    }
    groups["supervisord"] = {supervisor.pid()}
    rows = [("进程", "状态", "PID", "运行时间", "内存 PSS", "RSS")]
    for state in states:
        memory = processes.memory(groups.get(state["name"], ()))
        rows.append(
            (
                state["name"],
                state["statename"],
                str(state["pid"] or "-"),
                _age(state),
                *_sizes(memory),
            )
        )
    memory = processes.memory(groups["supervisord"])
    rows.append(("supervisord", "RUNNING", str(supervisor.pid()), "", *_sizes(memory)))
    everything = processes.memory(set[int]().union(*groups.values()))
    rows.append(("合计 · total", "", "", "", *_sizes(everything)))
    print(table(rows))
    port = State(place.state, account.caller()).ports["web"]
    address = f"http://{HOST}:{port}"
    serving = answers(address)
    print(
        f"\n网址 · Address  {address}  {'应答正常 · answers' if serving else '无应答 · silent'}"
    )
    print(f"日志 · Logs     {place.logs}")
    running = all(state["statename"] == "RUNNING" for state in states)
    return 0 if running and serving else 3


def _age(state: dict[str, int]) -> str:
    if not state["pid"]:
        return "-"
    return str(timedelta(seconds=state["now"] - state["start"]))


def _sizes(memory: Memory) -> tuple[str, str]:
    return f"{memory.share / _MIB:.0f} MiB", f"{memory.resident / _MIB:.0f} MiB"
