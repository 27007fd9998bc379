"""supervisord's configuration, read with supervisord's own parser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from launcher import account, services
from launcher.place import Place
from launcher.programs import Program, supervisord_conf
from launcher.site import Site
from supervisor.datatypes import RestartUnconditionally
from supervisor.options import ServerOptions

ME = account.caller()


def parsed(place: Place, programs: list[Program]) -> dict[str, Any]:
    place.supervisor_conf.write_text(supervisord_conf(place, programs))
    options = ServerOptions()
    options.realize(["-c", str(place.supervisor_conf), "-n"])
    return {
        group.name: group.process_configs[0] for group in options.process_group_configs
    }


def test_a_command_with_spaces_and_percent_signs_survives(place: Place):
    command = ["/bin/echo", "100 %", "%(here)s", "it's"]

    read = parsed(place, [Program("odd", "", command, ME, priority=1)])

    assert read["odd"].command == "/bin/echo '100 %' '%(here)s' 'it'\"'\"'s'"


def test_everything_waits_for_the_launcher_and_comes_back_when_it_dies(
    place: Place, make_site: Callable[..., Site]
):
    read = parsed(place, services.programs(make_site()))

    assert {config.autostart for config in read.values()} == {False}
    assert {config.autorestart for config in read.values()} == {RestartUnconditionally}


def test_what_others_stand_on_starts_first_and_stops_last(
    place: Place, make_site: Callable[..., Site]
):
    read = parsed(place, services.programs(make_site()))

    order = sorted(read, key=lambda name: read[name].priority)
    assert order == ["postgres", "redis", "samples", "web", "worker", "harvest"]


def test_no_redis_is_started_beside_an_existing_one(make_site: Callable[..., Site]):
    programs = services.programs(make_site(REDIS_URL="redis://r.example/0"))

    assert services.REDIS not in [program.name for program in programs]


def test_no_secret_is_on_a_command_line(make_site: Callable[..., Site]):
    site = make_site()
    words = " ".join(
        word for program in services.programs(site) for word in program.command
    )

    assert site.secrets.sample_service_token not in words
    assert site.secrets.redis not in words
    assert site.secrets.postgres not in words


@pytest.mark.parametrize("name", ["postgres.log", "supervisord.log"])
def test_logs_are_kept_within_bounds(
    place: Place, make_site: Callable[..., Site], name: str
):
    text = supervisord_conf(place, services.programs(make_site()))

    before = text[: text.index(str(Path("log") / name))]
    section = text[before.rindex("[") : text.index("\n\n", len(before))]
    assert "logfile_maxbytes=5MB" in section
