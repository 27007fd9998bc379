"""As whom the servers run: PostgreSQL refuses root, and nothing else needs it."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launcher.place import ROOT, VENV_PYTHON, open_to_others
from launcher.steps import StepError

NAME = "gpo"


@dataclass(frozen=True)
class Account:
    """A user of this machine."""

    name: str
    uid: int
    gid: int

    @property
    def identity(self) -> dict[str, Any]:
        """What subprocess needs to become this user; nothing if it is the caller."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give `path` to this user."""
        if path.stat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid)

    def folder(self, path: Path, mode: int = 0o700) -> None:
        """Make a folder of this user."""
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(mode)
        self.own(path)

    def write(self, path: Path, text: str) -> None:
        """Write a file that only this user (and root) can read, whole or not at all."""
        draft = path.with_name(f".{path.name}.new")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(text)
        self.own(draft)
        draft.replace(path)


def caller() -> Account:
    """Return the user who runs the launcher."""
    return _account(pwd.getpwuid(os.geteuid()))


def servers() -> Account:
    """Return the servers' user: `gpo` if root runs the launcher, else the caller.

    Raises:
        StepError: the user can't be made.
    """
    if os.geteuid() != 0:
        return caller()
    try:
        return _account(pwd.getpwnam(NAME))
    except KeyError:
        pass
    add = ["useradd", "--system", "--user-group", "--no-create-home"]
    add += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", NAME]
    result = subprocess.run(add, capture_output=True, text=True, check=False)
    if result.returncode:
        raise StepError(
            f"useradd {NAME}: {result.stderr.strip()}",
            hint=f"手工建立系统用户 {NAME} · make the system user {NAME} by hand",
        )
    return _account(pwd.getpwnam(NAME))


def web(of_servers: Account) -> Account:
    """Return the user for CKAN's processes: the servers' if it can read the code."""
    code = (ROOT / "config" / "base.ini", ROOT / "ckanext-gpo" / "ckanext", VENV_PYTHON)
    readable = of_servers.uid == os.geteuid() or all(map(open_to_others, code))
    return of_servers if readable else caller()


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
