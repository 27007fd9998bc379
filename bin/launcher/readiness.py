"""Whether a part of the site can be used: it is ours, and it does its work.

The first question comes first: a server that took the port of one of ours would be handed
passwords and tokens.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import redis
import requests
from rq import Worker

from launcher import ports, processes, services
from launcher.http import answers
from launcher.ports import HOST
from launcher.site import Site
from launcher.steps import StepError
from launcher.supervisor import Supervisor

_SECONDS = 5


class Readiness:
    """Asks the parts of one site."""

    def __init__(self, site: Site, supervisor: Supervisor) -> None:
        self._site = site
        self._supervisor = supervisor
        self._works: dict[str, Callable[[set[int]], bool]] = {
            services.POSTGRES: lambda _: site.postgres.is_ready(),
            services.REDIS: lambda _: site.redis.is_ready(),
            services.SAMPLES: lambda _: self._samples_answer(),
            services.WEB: lambda _: answers(site.address),
            services.WORKER: self._worker_listens,
            services.HARVEST: self._consumer_beats,
        }

    def check(self, name: str) -> bool:
        """Tell whether the part of that name is ready.

        Raises:
            StepError: another program listens on its port.
        """
        pid = self._supervisor.state(name)["pid"]
        if not pid:
            return False
        family = processes.family(pid)
        if name in services.LISTENING and not self._has_its_port(name, family):
            return False
        return self._works[name](family)

    def _has_its_port(self, name: str, family: set[int]) -> bool:
        """Tell whether the part listens on its port, and nobody else does."""
        port = self._site.ports[name]
        if not ports.in_use(port):
            return False
        listeners = ports.listeners(port)
        if not listeners or not listeners.keys() <= family:
            holder = ports.holder(port) or "另一用户的程序 · another user's program"
            raise StepError(
                f"{name}: 端口 {port} 被其他程序占用 · port {port} was taken ({holder})",
                hint="再次运行 bin/run，会另选端口 · run again: another port is chosen",
            )
        return True

    def _samples_answer(self) -> bool:
        address = f"http://{HOST}:{self._site.ports[services.SAMPLES]}/health"
        try:
            with requests.Session() as session:
                session.trust_env = False  # a proxy of the machine has no part in this
                return session.get(address, timeout=_SECONDS).ok
        except requests.RequestException:
            return False

    def _worker_listens(self, family: set[int]) -> bool:
        """Tell whether the worker has entered itself in Redis, as RQ does when it begins."""
        with closing(redis.from_url(self._site.redis_url)) as client:
            return any(worker.pid in family for worker in Worker.all(connection=client))

    def _consumer_beats(self, family: set[int]) -> bool:
        """Tell whether the consumer has begun: its pulse is younger than itself."""
        pulse = self._site.place.harvest_pulse
        started = self._supervisor.state(services.HARVEST)["start"]
        return pulse.exists() and pulse.stat().st_mtime >= started
