"""A part is ready when it is ours and works, not when something answers on its port."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from launcher import account, ports, services, waiting
from launcher.environment import MARK
from launcher.programs import Program
from launcher.readiness import Readiness
from launcher.site import Site
from launcher.steps import StepError
from launcher.supervisor import Supervisor

SECONDS = 30

SAMPLES = """
import http.server
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response({status}); self.end_headers()
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", {port}), Handler).serve_forever()
"""


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """A site whose sample systems have a port that is free now."""
    made = make_site()
    with ports.reserve() as reservation:
        port = reservation.first_free(27400)
    return Site(
        made.place,
        made.servers,
        made.web,
        made.secrets,
        {**made.ports, "samples": port},
        made.existing,
    )


@pytest.fixture
def run(site: Site) -> Iterator[Callable[[str, str], Readiness]]:
    """Run Python code under the real supervisord, as a part of the site."""
    if not site.place.fits_socket:
        pytest.skip("the temporary folder lies too deep for a socket")
    supervisor = Supervisor(site.place)

    def start(name: str, code: str) -> Readiness:
        me = account.caller()
        script = site.place.data / "part.py"
        script.write_text(code)
        program = Program(name, "", [sys.executable, str(script)], me, priority=1)
        env = {**os.environ, MARK: str(site.place.data)}
        supervisor.launch([program], me, env, outlives=False)
        supervisor.start(name)
        return Readiness(site, supervisor)

    yield start
    if supervisor.is_up():
        supervisor.shut_down()


def until(ready: Callable[[], bool]) -> bool:
    return waiting.until(ready, seconds=SECONDS, check=lambda: None)


def test_a_server_that_holds_its_port_and_answers_is_ready(site: Site, run):
    code = SAMPLES.format(status=200, port=site.ports["samples"])

    readiness = run(services.SAMPLES, code)

    assert until(lambda: readiness.check(services.SAMPLES))


def test_a_server_that_answers_with_an_error_is_not_ready(site: Site, run):
    port = site.ports["samples"]

    readiness = run(services.SAMPLES, SAMPLES.format(status=503, port=port))

    assert until(lambda: ports.in_use(port))
    assert not readiness.check(services.SAMPLES)


def test_a_stranger_on_the_port_of_a_part_is_told_and_not_asked(site: Site, run):
    port = site.ports["samples"]
    with socket.create_server((ports.HOST, port)) as stranger:
        readiness = run(services.SAMPLES, "import time; time.sleep(600)")

        with pytest.raises(StepError, match=f"{port} .*PID {os.getpid()}"):
            until(lambda: readiness.check(services.SAMPLES))

        stranger.settimeout(0)
        with pytest.raises(BlockingIOError):
            stranger.accept()  # nobody has called


def test_the_consumer_is_ready_when_its_pulse_is_younger_than_itself(site: Site, run):
    pulse = site.place.harvest_pulse
    pulse.parent.mkdir(parents=True)
    pulse.touch()
    os.utime(pulse, (0, 0))  # of a former run

    readiness = run(services.HARVEST, "import time; time.sleep(600)")

    assert not readiness.check(services.HARVEST)
    pulse.touch()
    assert until(lambda: readiness.check(services.HARVEST))


def test_the_launcher_and_the_consumer_mean_the_same_file(
    tmp_path: Path, site: Site, ckan_config, monkeypatch: pytest.MonkeyPatch
):
    from ckanext.gpo.harvest import pulse

    monkeypatch.setitem(ckan_config, "ckanext.gpo.harvest.spool_path", "")
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(site.place.storage))
    monkeypatch.setattr(pulse, "_next", 0.0)

    pulse.beat()

    assert site.place.harvest_pulse.exists()
