"""What the three sample systems hold, put together from the departments' modules."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from . import (
    czj,
    fgj,
    publicity,
    sampling,
    scjg,
    sfj,
    sites,
    sthj,
    swj,
    wglj,
    yjgl,
    zjj,
    zrgh,
)
from .database import SourceTable
from .faults import Correctable
from .files import DropFile
from .service import Records, Service

TABLES: tuple[SourceTable, ...] = (
    *fgj.TABLES,
    *zrgh.TABLES,
    *sthj.TABLES,
    *zjj.TABLES,
    *sites.TABLES,
    *scjg.TABLES,
    *yjgl.TABLES,
)

FILES: tuple[DropFile, ...] = (
    *czj.FILES,
    *sthj.FILES,
    *yjgl.FILES,
    *wglj.FILES,
    *sfj.FILES,
)

CORRECTABLE: dict[str, Correctable] = {
    table.name: table
    for table in (
        *publicity.CORRECTABLE,
        *sampling.CORRECTABLE,
        *wglj.CORRECTABLE,
        *sfj.CORRECTABLE,
    )
}


def load_files(folder: Path) -> dict[str, int]:
    """Fill the drop folder as it was before anybody corrected anything.

    :return: bytes by path
    """
    counts: dict[str, int] = {}
    for file in FILES:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        counts[file.path] = target.write_bytes(file.content())
    for table in CORRECTABLE.values():
        counts[table.path] = table.write(folder, mended=False)
    return counts


def service(token: str, folder: Path | None) -> Service:
    """The JSON service, its tables made now and kept in memory.

    :param folder: where the justice bureau corrects its notary fees (`mend`)
    """
    tables = {path: make() for path, make in {**swj.ENDPOINTS, **sfj.ENDPOINTS}.items()}
    return Service(token, {**tables, "/legal/api/v1/notary-fees": _fees(folder)})


def _fees(folder: Path | None) -> Callable[[], Records]:
    fees = sfj.NOTARY_FEES
    faulty = fees.faulty()
    store = folder / fees.path if folder else None

    def read() -> Records:
        if store and store.exists():
            return json.loads(store.read_text("utf-8"))
        return faulty

    return read
