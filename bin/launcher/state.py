"""What a site's launcher remembers from start to start: ports, and what was done for what."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from launcher.account import Account


class State:
    """A small JSON file: `{"ports": {name: port}, "done": {step: key}}`."""

    def __init__(self, path: Path, owner: Account) -> None:
        self._path = path
        self._owner = owner
        self._lock = threading.Lock()  # steps may end side by side
        try:
            self._content: dict[str, Any] = json.loads(path.read_text())
        except (OSError, ValueError):
            self._content = {}

    @property
    def ports(self) -> dict[str, int]:
        return dict(self._content.get("ports", {}))

    def keep_ports(self, ports: dict[str, int]) -> None:
        self._content["ports"] = ports
        self._save()

    def is_done(self, step: str, key: str) -> bool:
        """Tell whether `step` was done for what `key` stands for."""
        return self._content.get("done", {}).get(step) == key

    def was_done(self, step: str) -> bool:
        """Tell whether `step` was ever done, for whatever."""
        return step in self._content.get("done", {})

    def mark_done(self, step: str, key: str) -> None:
        with self._lock:
            self._content.setdefault("done", {})[step] = key
            self._save()

    def _save(self) -> None:
        self._owner.write(self._path, json.dumps(self._content, indent=1))


def make_key(files: Iterable[Path], *words: str) -> str:
    """Return a hash of files' contents and of what else a step depends on."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in sorted(files):
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
