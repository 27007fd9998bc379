"""`bin/ckan …`: CKAN's command line on the site of this checkout, as the site's user."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NoReturn

from launcher import environment
from launcher.place import VENV, Place
from launcher.steps import StepError


def main(arguments: Sequence[str]) -> NoReturn:
    """Become the command.

    The site's files belong to the site's user; a command run as another one would leave
    files behind that the site cannot write.

    Raises:
        StepError: there is no site yet, or its user cannot be taken on.
    """
    place = Place.locate()
    try:
        ini = place.ckan_ini.stat()
    except FileNotFoundError as error:
        raise StepError(
            f"没有站点 · there is no site: {place.ckan_ini}",
            hint="先运行 bin/run · run bin/run first",
        ) from error
    env = environment.site_env(place, ini.st_uid)
    if ini.st_uid != os.geteuid():
        if os.geteuid() != 0:
            raise StepError(
                f"站点属于 {env['USER']} · the site belongs to {env['USER']}",
                hint="以 root 运行 · run it as root",
            )
        os.setgroups([])
        os.setgid(ini.st_gid)
        os.setuid(ini.st_uid)
    program = VENV / "bin" / "ckan"
    os.execve(program, [str(program), *arguments], env)  # noqa: S606
