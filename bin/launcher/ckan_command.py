"""`bin/ckan …`: CKAN's command line on the site of this checkout, as the site's user."""

from __future__ import annotations

import os
import pwd
from collections.abc import Sequence
from typing import NoReturn

from launcher.place import VENV, Place
from launcher.steps import StepError


def main(arguments: Sequence[str]) -> NoReturn:
    """Become the command.

    The site's files belong to the site's user; a command run as another one would leave
    files behind that the site cannot write.

    Raises:
        StepError: there is no site yet, or its user cannot be taken on.
    """
    ini = Place.of_checkout().ckan_ini
    if not ini.exists():
        raise StepError(
            f"没有站点 · there is no site: {ini}",
            hint="先运行 bin/run · run bin/run first",
        )
    owner = pwd.getpwuid(ini.stat().st_uid)
    if owner.pw_uid != os.geteuid():
        if os.geteuid() != 0:
            raise StepError(
                f"站点属于 {owner.pw_name} · the site belongs to {owner.pw_name}",
                hint="以 root 运行 · run it as root",
            )
        os.setgroups([])
        os.setgid(owner.pw_gid)
        os.setuid(owner.pw_uid)
    # Addresses come from the site's own ini, never from the caller's environment.
    env = {k: v for k, v in os.environ.items() if not k.startswith(("CKAN_", "PYTHON"))}
    env |= {"CKAN_INI": str(ini), "HOME": str(ini.parent), "LANG": "C.UTF-8"}
    command = VENV / "bin" / "ckan"
    os.execve(command, [str(command), *arguments], env)  # noqa: S606
