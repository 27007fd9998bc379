"""From nothing, or from what is there, to a site that answers."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping

from launcher import account, database, ports, processes, services
from launcher.commands import Runner
from launcher.environment import MARK
from launcher.filling import Filling
from launcher.http import answers
from launcher.options import DEFAULT_PORT
from launcher.place import ROOT, Place
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
    site, state = _prepare(place, options, steps)
    supervisor = Supervisor(place)
    filling = Filling(site, state, steps)

    with steps.step("数据库与队列", "PostgreSQL and Redis"):
        site.postgres.prepare(Runner(place.logs, identity=site.servers.identity))
        site.redis.prepare()
        site.write_ini()
        programs = services.programs(site)
        supervisor.launch(
            programs, account.caller(), site.env(), outlives=options.detach
        )
        supervisor.start(services.POSTGRES)
        supervisor.await_ready(services.POSTGRES, site.postgres.is_ready)
        if site.existing.redis is None:
            supervisor.start(services.REDIS)
            supervisor.await_ready(services.REDIS, site.redis.is_ready)
        database.ensure(site.postgres, database.passwords(site.secrets))
    filling.migrate()
    filling.index()
    filling.translate_scripts()
    filling.seed()
    filling.load_samples()
    filling.sync_sources()
    with steps.step("网站、任务与采集进程", "Web, jobs, harvest"):
        beside = (services.SAMPLES, services.WORKER, services.HARVEST)
        for name in (services.WEB, *beside):
            supervisor.start(name)
        supervisor.await_ready(services.WEB, lambda: answers(site.address))
        for name in beside:
            supervisor.await_ready(name)
    filling.first_harvest()
    return site


def choose_ports(remembered: Mapping[str, int], wanted: int | None) -> dict[str, int]:
    """Return a port for every server: the same as last time where it is free.

    Raises:
        StepError: the site's own port is taken, or may not be used.
    """
    web = wanted or remembered.get("web", DEFAULT_PORT)
    other = f"换一个端口 · take another: bin/run --port {web + 1}"
    try:
        free = ports.is_free(web)
    except OSError as error:
        raise StepError(f"端口 {web}: {error.strerror}", hint=other) from error
    if not free:
        holder = ports.holder(web)
        raise StepError(
            f"端口 {web} 已被占用 · port {web} is in use"
            + (f" ({holder})" if holder else ""),
            hint=f"停止占用它的程序，或{other}",
        )
    chosen = {"web": web}
    for name, start in _INNER_PORTS.items():
        port = remembered.get(name, start)
        if port in chosen.values() or not ports.is_free(port):
            port = ports.first_free(start, chosen.values())
        chosen[name] = port
    return chosen


def _prepare(
    place: Place, options: argparse.Namespace, steps: Steps
) -> tuple[Site, State]:
    """Make the site's folders and secrets, and choose its ports."""
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
        state = State(place.state, owner)
        chosen = choose_ports(state.ports, options.port)
        state.keep_ports(chosen)
        secrets = Secrets.kept_in(place.secrets, owner)
    return Site(place, servers, web, secrets, chosen, existing), state


def _end_leftovers(place: Place, steps: Steps) -> None:
    """End what a supervisor that was killed has left behind."""
    leftovers = processes.of_site(place.data, MARK)
    if leftovers:
        with steps.step("清理上次残留进程", "Ending what the last run left"):
            processes.end(leftovers)
