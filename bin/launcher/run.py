"""`bin/run`: start, stop, status, reset."""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import time
from collections.abc import Generator
from contextlib import contextmanager

from launcher import account, outcome, processes, start, status
from launcher.environment import MARK
from launcher.options import needs_install
from launcher.place import Place
from launcher.steps import StepError, Steps
from launcher.supervisor import Supervisor


def main(options: argparse.Namespace) -> int:
    """Carry out one command line; return the exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    place = Place.locate()
    if not needs_install(options) and not place.data.exists():
        print(f"没有站点 · There is no site: {place.data}")
        return 0
    if options.status:
        return status.show(place)
    if options.stop:
        with _alone(place):
            return stop(place)
    if options.reset:
        return reset(place, confirmed=options.yes)
    return run(place, options)


def run(place: Place, options: argparse.Namespace) -> int:
    """Bring the site up; return when it answers, or in the foreground when it has ended."""
    steps = Steps()
    supervisor = Supervisor(place)
    with _alone(place):
        if supervisor.is_up():
            print("已在运行 · Running already\n")
            return status.show(place)
        try:
            site = start.bring_up(place, options, steps)
        except BaseException:
            end(place)
            raise
    outcome.show(site, processes.age(os.getpid()))
    if options.detach:
        return 0
    print("\nCtrl-C 结束全部进程 · Ctrl-C ends everything", flush=True)
    try:
        while supervisor.is_up():
            time.sleep(1)
    except KeyboardInterrupt:
        print()
    with _alone(place):
        return stop(place)


def stop(place: Place) -> int:
    """End everything that belongs to the site."""
    if not end(place):
        print("没有运行中的进程 · Nothing runs")
    return 0


def end(place: Place) -> bool:
    """End everything that belongs to the site; tell whether there was anything.

    Raises:
        StepError: a process is still there.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # half-stopped is worse than slow
    supervisor = Supervisor(place)
    if not supervisor.is_up() and not processes.site_processes(place.data, MARK):
        return False
    with Steps().step("停止", "Stopping"):
        if supervisor.is_up():
            supervisor.shut_down()
        survivors = processes.end(processes.site_processes(place.data, MARK))
    if survivors:
        raise StepError(
            f"未能结束 · still there: {sorted(survivors)}",
            hint="以启动它们的用户结束 · end them as the user who started them",
        )
    return True


def reset(place: Place, *, confirmed: bool) -> int:
    """Stop and delete everything the site made, secrets included."""
    print(f"将删除 · Will be deleted: {place.data}")
    if not confirmed:
        try:
            answer = input("输入 yes 确认 · Type yes to confirm: ")
        except EOFError:
            answer = ""
        if answer.strip() != "yes":
            print("未删除 · Nothing deleted")
            return 1
    with _alone(place):
        end(place)
        shutil.rmtree(place.data)
    print("已删除；bin/run 重新建立 · Deleted; bin/run builds it anew")
    return 0


@contextmanager
def _alone(place: Place) -> Generator[None]:
    """Keep two launchers from starting or stopping one site at a time."""
    account.caller().folder(place.data, 0o755)
    handle = os.open(place.data, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise StepError(
            "另一个 bin/run 正在启动或停止 · another bin/run is starting or stopping it",
            hint="等它结束后再试 · wait for it, then try again",
        ) from error
    try:
        yield
    finally:
        os.close(handle)
