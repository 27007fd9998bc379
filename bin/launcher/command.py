"""`bin/ckan`: CKAN's own command, on the site that was built here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NoReturn

from launcher import environment
from launcher.place import ROOT, VENV, Place
from launcher.steps import StepError


def become(arguments: Sequence[str]) -> NoReturn:
    """Become `ckan`, as the user whose ini file it is.

    Raises:
        StepError: there is no site yet, or the caller may not act for that user.
    """
    place = Place.of_checkout()
    try:
        owner = place.ckan_ini.stat()
    except FileNotFoundError as error:
        raise StepError(
            f"还没有站点 · there is no site yet: {place.ckan_ini}", hint="bin/run"
        ) from error
    env = environment.of_site(place, owner.st_uid)
    if owner.st_uid != os.geteuid():
        try:
            os.setgroups([])
            os.setgid(owner.st_gid)
            os.setuid(owner.st_uid)
        except PermissionError as error:
            raise StepError(
                f"站点属于另一用户 · the site is another user's: {env['USER']}",
                hint=f"以 root 或 {env['USER']} 运行 · run as root or as {env['USER']}",
            ) from error
    os.chdir(ROOT)
    program = VENV / "bin" / "ckan"
    os.execve(program, [str(program), *arguments], env)  # noqa: S606
