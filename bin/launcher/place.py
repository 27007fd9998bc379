"""Where the code stands, and where a running site keeps what it makes."""

from __future__ import annotations

import hashlib
import os
import socket
import stat
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"

# The kernel takes no longer path for a socket.
_SOCKET_PATH_BYTES = 107


def open_to_others(path: Path) -> bool:
    """Tell whether a user who owns nothing here can read `path` and all above it."""
    reachable = all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)
    mode = path.stat().st_mode
    needed = stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0)
    return reachable and mode & needed == needed


def fingerprint(path: Path) -> str:
    """Return a short name for a checkout, the same at every start."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


@dataclass(frozen=True)
class Place:
    """The folder of one running site, and what lies where in it."""

    data: Path

    @classmethod
    def locate(cls, root: Path = ROOT) -> Place:
        """Return `$GPO_HOME`, else `var/` of the checkout, or a folder outside it.

        As root the servers run as a user of their own; a checkout below /root is closed
        to that user. A checkout may also stand too deep for a socket in it.
        """
        if override := os.environ.get("GPO_HOME"):
            return cls(Path(override).resolve())
        inside_checkout = cls(root / "var")
        if os.geteuid() == 0 and not (
            open_to_others(root) and inside_checkout.fits_socket
        ):
            return cls(Path("/var/lib") / f"gpo-{fingerprint(root)}")
        return inside_checkout

    @property
    def fits_socket(self) -> bool:
        return len(os.fsencode(self.socket)) <= _SOCKET_PATH_BYTES

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def storage(self) -> Path:
        return self.data / "storage"

    @property
    def mails(self) -> Path:
        """Where mails are put while no mail server is named."""
        return self.data / "mails"

    @property
    def harvest_pulse(self) -> Path:
        """What the harvest consumer touches as long as it works (harvest/pulse.py)."""
        return self.storage / "harvest" / f"pulse-{socket.gethostname()}"

    @property
    def secrets(self) -> Path:
        return self.data / "secrets.ini"

    @property
    def ckan_ini(self) -> Path:
        return self.data / "ckan.ini"

    @property
    def state(self) -> Path:
        return self.data / "state.json"

    @property
    def supervisor_conf(self) -> Path:
        return self.data / "supervisord.conf"

    @property
    def supervisor_pid(self) -> Path:
        return self.data / "supervisord.pid"

    @property
    def socket(self) -> Path:
        """Where the supervisor listens; only its own user may use it."""
        return self.data / "supervisor.sock"
