"""From nothing, or from what is there, to a site that answers."""

from __future__ import annotations

import argparse
import io
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from launcher import account, database, ports, processes, services
from launcher.commands import Runner
from launcher.environment import MARK
from launcher.filling import Filling
from launcher.options import DEFAULT_PORT
from launcher.place import ROOT, Place
from launcher.ports import Reservation
from launcher.readiness import Readiness
from launcher.secrets_file import Secrets
from launcher.site import Servers, Site
from launcher.state import State
from launcher.steps import StepError, Steps
from launcher.supervisor import Supervisor

# From here on upwards the first free one is taken, and kept.
_INNER_PORTS = {"postgres": 25432, "redis": 26379, "samples": 25080}


def bring_up(place: Place, options: argparse.Namespace, steps: Steps) -> Site:
    """Start a site and fill it; return it when it answers and has been filled.

    Raises:
        StepError: a step failed; what was started by then still runs.
    """
    _end_leftovers(place, steps)
    with ports.reserve() as reservation:
        site, state = _prepare(place, options, steps, reservation)
        parts = _Parts(site, Supervisor(place), reservation)
        _start(site, state, options, steps, parts)
    parts.await_all()
    return site


class _Parts:
    """The programs of a site: each gets its port when it starts, and shows it has it."""

    def __init__(
        self, site: Site, supervisor: Supervisor, reservation: Reservation
    ) -> None:
        self._site = site
        self.supervisor = supervisor
        self._reservation = reservation
        self._readiness = Readiness(site, supervisor)

    def start(self, name: str) -> None:
        if name in services.LISTENING:
            self._reservation.release(self._site.ports[name])
        self.supervisor.start(name)

    def await_ready(self, name: str) -> None:
        """Wait until a part is ready.

        Raises:
            StepError: it is not in time, or another program has taken its port.
        """
        self.supervisor.await_ready(name, lambda: self._readiness.check(name))

    def await_all(self) -> None:
        """Wait until everything that was started is ready at the same time."""
        for state in self.supervisor.states():
            self.await_ready(state["name"])


def _start(
    site: Site,
    state: State,
    options: argparse.Namespace,
    steps: Steps,
    parts: _Parts,
) -> None:
    """Start the programs in their order and fill the site in between."""
    place = site.place
    filling = Filling(site, state, steps)

    with steps.step("数据库与队列", "PostgreSQL and Redis"):
        site.postgres.prepare(Runner(place.logs, identity=site.servers.identity))
        site.redis.prepare()
        site.write_ini()
        programs = services.programs(site)
        parts.supervisor.launch(
            programs, account.caller(), site.env(), outlives=options.detach
        )
        for name in (services.POSTGRES, services.REDIS):
            if name == services.POSTGRES or site.existing.redis is None:
                parts.start(name)
                parts.await_ready(name)
        database.ensure(site.postgres, database.passwords(site.secrets))
    # What does not need the catalogue is done beside it, on another core.
    with ThreadPoolExecutor(max_workers=1) as pool:
        silent = Filling(site, state, Steps(io.StringIO()))
        rest = pool.submit(silent.load_what_needs_no_catalogue)
        filling.migrate()
        filling.index()
        # They take seconds to load; nothing is theirs to do yet.
        early = (services.WEB, services.WORKER)
        for name in early:
            parts.start(name)
        filling.seed()
        with steps.step("示例业务系统、页面脚本", "Sample systems, page scripts"):
            rest.result()
    filling.sync_sources()
    with steps.step("网站与任务进程", "Web and jobs"):
        parts.start(services.SAMPLES)
        for name in (*early, services.SAMPLES):
            parts.await_ready(name)
    filling.first_harvest()
    # It starts by itself what is due, so not before the first harvest: else that is run
    # twice. It loads while the gate judges.
    parts.start(services.HARVEST)
    filling.await_gate()
    filling.load_sample_apps()
    with steps.step("采集进程", "Harvest"):
        parts.await_ready(services.HARVEST)


def choose_ports(
    remembered: Mapping[str, int], preferred: int | None, reservation: Reservation
) -> dict[str, int]:
    """Reserve a port for every server: the same as last time where it is free.

    Raises:
        StepError: the site's own port is taken, or may not be used.
    """
    web = preferred or remembered.get("web", DEFAULT_PORT)
    other = f"换一个端口 · take another: bin/run --port {web + 1}"
    try:
        free = reservation.take(web)
    except OSError as error:
        raise StepError(f"端口 {web}: {error.strerror}", hint=other) from error
    if not free:
        holder = ports.holder(web)
        raise StepError(
            f"端口 {web} 已被占用 · port {web} is in use"
            + (f" ({holder})" if holder else ""),
            hint=f"停止占用它的程序，或{other}",
        )
    assigned = {"web": web}
    for name, start in _INNER_PORTS.items():
        port = remembered.get(name, start)
        assigned[name] = (
            port if reservation.take(port) else reservation.first_free(start)
        )
    return assigned


def _prepare(
    place: Place,
    options: argparse.Namespace,
    steps: Steps,
    reservation: Reservation,
) -> tuple[Site, State]:
    """Make the site's folders and secrets, and reserve its ports."""
    owner = account.caller()
    with steps.step("用户、密钥与端口", "User, secrets, ports") as step:
        existing = Servers.named_in(os.environ)
        servers = account.servers()
        web = account.web(servers)
        if web != servers:
            step.note(
                f"用户 {servers.name} 读不到 {ROOT}，网站以 {web.name} 运行 · "
                f"{servers.name} can't read the code: the web runs as {web.name}"
            )
        place.logs.mkdir(exist_ok=True)
        web.folder(place.storage)
        web.folder(place.mails)
        state = State(place.state, owner)
        assigned = choose_ports(state.ports, options.port, reservation)
        state.keep_ports(assigned)
        secrets = Secrets.load(place.secrets, owner)
    return Site(place, servers, web, secrets, assigned, existing), state


def _end_leftovers(place: Place, steps: Steps) -> None:
    """End what a supervisor that was killed has left behind."""
    leftovers = processes.site_processes(place.data, MARK)
    if leftovers:
        with steps.step("清理上次残留进程", "Ending what the last run left"):
            processes.end(leftovers)
