"""The folders of an index: the one that serves, and one that is built to take its place.

=============  ==================================================================
serving        a link to the index that is searched and written: another one takes
               its place in one step, and a reader sees it with its next search
index-…        a whole index of the engine
later/         what was written while a new index is built
unfilled       nobody has said yet that the index holds what the site has
write.lock     held while the serving index, or which one that is, changes
build.lock     held as long as a new index is built
=============  ==================================================================

Whatever else lies here was left by a build that was killed, and goes with the next write.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Generator
from pathlib import Path

NAME = "index-"


class Generations:
    """The folders below the folder of an index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.later = folder / "later"
        self.unfilled = folder / "unfilled"
        self._link = folder / "serving"

    def serving(self) -> Path | None:
        """The folder of the index that serves; none in a new folder."""
        try:
            return self.folder / os.readlink(self._link)
        except FileNotFoundError:
            return None

    def state(self) -> tuple[int, int]:
        """Changes with every commit, and when another index takes the place."""
        meta = os.stat(self._link / "meta.json")
        return meta.st_mtime_ns, meta.st_ino

    def age(self) -> float:
        """Seconds since the last commit."""
        return abs(time.time() - os.stat(self._link / "meta.json").st_mtime)

    def new(self) -> Path:
        """An empty folder for an index."""
        folder = self.folder / f"{NAME}{time.time_ns()}"
        folder.mkdir(parents=True)
        return folder

    def serve(self, folder: Path) -> None:
        """Let an index take the place of the one that serves."""
        link = self._link.with_suffix(".new")
        link.unlink(missing_ok=True)
        link.symlink_to(folder.name)
        link.replace(self._link)

    @contextlib.contextmanager
    def writing(self, *, wait: bool = True) -> Generator[bool]:
        """Hold the lock of the writers; false if another holds it, without `wait`."""
        with _locked(self.folder / "write.lock", wait=wait) as is_locked:
            yield is_locked

    @contextlib.contextmanager
    def building(self) -> Generator[bool]:
        """Hold the lock of the builder; false if another holds it.

        From here on what is written goes to `later` too.
        """
        with contextlib.ExitStack() as stack:
            # Who sweeps holds the first lock too, and is not taken for a builder.
            with self.writing():
                lock = _locked(self.folder / "build.lock", wait=False)
                is_locked = stack.enter_context(lock)
                if is_locked:
                    _remove(self._leftovers())
                    self.later.mkdir()
            yield is_locked

    def sweep(self) -> None:
        """Remove what a build has left that did not end. For a holder of the lock.

        An index that a reader has open stays readable to it, as files do.
        """
        leftovers = self._leftovers()
        if leftovers:
            with _locked(self.folder / "build.lock", wait=False) as nobody_builds:
                if nobody_builds:
                    _remove(leftovers)

    def _leftovers(self) -> list[Path]:
        serving = self.serving()
        folders = [*self.folder.glob(f"{NAME}*"), *self.folder.glob(self.later.name)]
        return [path for path in folders if path != serving]


def _remove(folders: list[Path]) -> None:
    for path in folders:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _locked(path: Path, *, wait: bool) -> Generator[bool]:
    # The kernel frees the lock of a process that dies.
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
