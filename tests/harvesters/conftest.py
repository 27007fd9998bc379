"""What the tests of the kinds of sources share."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest
import yaml

from ckanext.gpo.harvest import config
from ckanext.gpo.harvest.sources import Source, SourceTable

MakeSource = Callable[..., tuple[Source, SourceTable]]
Options = Callable[..., None]


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> Options:
    """Set options of the harvest; the others have their declared defaults.

    Reading a source needs no plugin, and loading them takes a second each time.
    """

    def set_options(**values: Any) -> None:
        for name, value in values.items():
            key = f"ckanext.gpo.harvest.{name}"
            monkeypatch.setitem(config.tk.config, key, value)

    declared = resources.files("ckanext.gpo.harvest").joinpath(
        "config_declaration.yaml"
    )
    for group in yaml.safe_load(declared.read_text("utf-8"))["groups"]:
        set_options(
            **{
                option["key"].rpartition(".")[2]: option.get("default", "")
                for option in group["options"]
                if option.get("type") != "dynamic"
            }
        )
    return set_options


@pytest.fixture
def connect(options: Options) -> Callable[[Any], None]:
    """Set what the connection `sample` stands for, and perhaps its token."""

    def set_connection(address: str | None, token: str = "") -> None:
        options(**{"connection.sample": address, "token.sample": token})

    return set_connection


Connect = Callable[..., None]


@pytest.fixture
def make_source() -> MakeSource:
    """A source with one table, from the keys of its kind."""

    def make(
        kind: str,
        columns: dict[str, str],
        *,
        ref: str = "tax/tax_arrears",
        token_header: str | None = None,
        **options: Any,
    ) -> tuple[Source, SourceTable]:
        table = SourceTable(ref, columns, {}, options)
        own = {"token_header": token_header} if token_header else {}
        source = Source(
            f"{kind}-test", "", "", "", kind, "sample", "swj", "DAILY", (table,), own
        )
        return source, table

    return make
