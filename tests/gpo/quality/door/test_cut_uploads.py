"""A connection that breaks in the middle of a part: real HTTP, a real socket."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table
from ckanext.gpo.quality import config

from ...conftest import VENUES, Gate, as_csv, row

ADDRESS = "/desk/hand-in/uploads"
TUS = {"Tus-Resumable": "1.0.0"}


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        pass


@pytest.fixture
def port(app: Any, gate: Gate) -> Iterator[int]:
    """A server that does one request after the other: the next waits for the last."""
    server = make_server("127.0.0.1", 0, app.flask_app, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def _ask(
    port: int, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def _begin(port: int, who: dict[str, str], size: int) -> str:
    answer = _ask(port, "POST", ADDRESS, who | TUS | {"Upload-Length": str(size)})
    assert answer.status == 201
    return urlsplit(answer.headers["Location"]).path


def test_an_upload_goes_on_where_it_was_cut(port: int, steward: dict[str, str]):
    content = as_csv(VENUES, row(VENUES)) + b"\n" * 300_000
    half = len(content) // 2
    path = _begin(port, steward, len(content))
    part = steward | TUS | {"Content-Type": "application/offset+octet-stream"}

    lines = {
        "Host": "127.0.0.1",
        "Content-Length": str(len(content)),
        "Upload-Offset": "0",
        **part,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode() + content[:half])
        line.shutdown(socket.SHUT_RDWR)
    offset = int(_ask(port, "HEAD", path, steward | TUS).headers["Upload-Offset"])
    assert offset == half

    rest = part | {"Upload-Offset": str(offset)}
    assert _ask(port, "PATCH", path, rest, content[offset:]).status == 204
    id_ = path.rpartition("/")[2]
    form = f"upload_id={id_}".encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    name = table(VENUES).dataset_name
    answer = _ask(port, "POST", f"/dataset/{name}/hand-in", steward | kind, form)

    assert answer.status == 302
    (version,) = call_action("gpo_quality_version_list", dataset=name)
    assert answer.headers["Location"].endswith(version["id"])
    assert not list(config.uploads_folder().glob(f"{id_}*"))


def test_nobody_else_sees_or_uses_it(port: int, steward: dict[str, str]):
    path = _begin(port, steward, 5)
    part = TUS | {"Content-Type": "application/offset+octet-stream"}
    sysadmin = {"Authorization": factories.SysadminWithToken()["token"]}
    outsider = {"Authorization": factories.UserWithToken()["token"]}

    for who, status in ((sysadmin, 404), (outsider, 403), ({}, 403)):
        answer = _ask(port, "HEAD", path, who | TUS)
        assert answer.status == status
        sent = _ask(port, "PATCH", path, who | part | {"Upload-Offset": "0"}, b"12345")
        assert sent.status in (400, status)
        begun = _ask(port, "POST", ADDRESS, who | TUS | {"Upload-Length": "5"})
        assert begun.status in ((201,) if who is sysadmin else (400, 403))
    assert _ask(port, "HEAD", path, steward | TUS).headers["Upload-Offset"] == "0"


def test_a_part_is_bounded(port: int, steward: dict[str, str]):
    path = _begin(port, steward, 20 << 20)
    part = steward | TUS | {"Content-Type": "application/offset+octet-stream"}
    body = bytes((8 << 20) + 1)

    answer = _ask(port, "PATCH", path, part | {"Upload-Offset": "0"}, body)

    assert answer.status == 413
    assert _ask(port, "HEAD", path, steward | TUS).headers["Upload-Offset"] == "0"
