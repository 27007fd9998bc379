"""A JSON service read in earnest: a server on loopback, with everything it may do."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from ckanext.gpo.harvest import config
from ckanext.gpo.harvest.failures import HarvestError

from gpo_harvesters.rest import RestHarvester

from .conftest import Connect, MakeSource, Options

COLUMNS = {"uscc": "nsrsbh", "taxpayer_name": "qy.mc"}
PAGING = {"style": "page", "param": "pageNum", "size_param": "pageSize", "size": 2}
Answer = Callable[[Request], Response]


@dataclass
class Server:
    """A service: `answer` may be set by a test; `seen` holds what was asked."""

    url: str = ""
    rows: list[Any] = field(default_factory=list)
    answer: Answer | None = None
    seen: list[Request] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        request = Request(environ)
        self.seen.append(request)
        return (self.answer or self.page)(request)(environ, start)

    def page(self, request: Request) -> Response:
        number = int(request.args.get("pageNum", 1))
        size = int(request.args.get("pageSize", 1000))
        start = int(request.args.get("start", (number - 1) * size))
        data = {"total": len(self.rows), "list": self.rows[start : start + size]}
        return _json({"code": 0, "data": data})


def _json(data: Any, **options: Any) -> Response:
    return Response(json.dumps(data), mimetype="application/json", **options)


def _row(number: int) -> dict[str, Any]:
    return {"nsrsbh": f"9132{number}", "qy": {"mc": f"示例{number}"}, "je": 0.1}


@pytest.fixture
def server(connect: Connect) -> Iterator[Server]:
    service = Server(rows=[_row(n) for n in range(5)])
    http = make_server("127.0.0.1", 0, service, threaded=True)
    service.url = f"http://127.0.0.1:{http.port}"
    connect(f"{service.url}/base/")
    thread = threading.Thread(target=http.serve_forever, args=(0.02,))
    thread.start()
    yield service
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def read(make_source: MakeSource) -> Callable[..., list[list[Any]]]:
    def run(**options: Any) -> list[list[Any]]:
        defaults = {"path": "/api/v1/a", "items_path": "data.list"}
        columns = options.pop("columns", COLUMNS)
        source, table = make_source("rest", columns, **{**defaults, **options})
        return [list(cells) for _, cells in RestHarvester().extract(source, table).rows]

    return run


Read = Callable[..., list[list[Any]]]


def _failure(read: Read, **options: Any) -> HarvestError:
    with pytest.raises(HarvestError) as raised:
        read(**options)
    return raised.value


class TestPages:
    def test_all_pages_are_read(self, server: Server, read: Read) -> None:
        rows = read(paging=PAGING, total_path="data.total", params={"zt": "1"})
        assert rows == [[f"9132{n}", f"示例{n}"] for n in range(5)]
        assert [r.full_path for r in server.seen] == [
            f"/base/api/v1/a?zt=1&pageNum={n}&pageSize=2" for n in (1, 2, 3)
        ]

    def test_without_a_total_the_empty_page_is_the_end(
        self, server: Server, read: Read
    ) -> None:
        assert len(read(paging=PAGING)) == 5
        assert len(server.seen) == 4

    def test_a_service_that_caps_the_size_is_read_to_its_end(
        self, server: Server, read: Read
    ) -> None:
        def capped(request: Request) -> Response:
            start = int(request.args["start"])
            return _json({"total": 5, "rows": server.rows[start : start + 2]})

        server.answer = capped
        paging = {"style": "offset", "param": "start", "size_param": "n", "size": 500}
        rows = read(paging=paging, items_path="rows", total_path="total")
        assert len(rows) == 5
        assert [r.args["start"] for r in server.seen] == ["0", "2", "4"]

    def test_one_request_without_paging(self, server: Server, read: Read) -> None:
        server.answer = lambda _: _json(server.rows)
        assert len(read(items_path="")) == 5
        assert len(server.seen) == 1

    def test_decimals_are_exact_and_a_lacking_key_is_empty(
        self, server: Server, read: Read
    ) -> None:
        server.answer = lambda _: Response('{"data": {"list": [{"je": 0.10}, {}]}}')
        rows = read(columns={"arrears_balance": "je"})
        assert [str(cell) for [cell] in rows] == ["0.10", "None"]

    def test_no_rows_are_no_error(self, server: Server, read: Read) -> None:
        server.rows = []
        assert read(paging=PAGING, total_path="data.total") == []

    @pytest.mark.parametrize("announced", [4, 6])
    def test_other_rows_than_announced(
        self, announced: int, server: Server, read: Read
    ) -> None:
        def answer(request: Request) -> Response:
            page = json.loads(server.page(request).get_data())
            page["data"]["total"] = announced
            return _json(page)

        server.answer = answer
        failure = _failure(read, paging={**PAGING, "size": 3}, total_path="data.total")
        assert failure.code == "source-incomplete"
        assert (failure.facts["announced"], failure.facts["received"]) == (announced, 5)

    def test_a_page_that_comes_again_ends_it(self, server: Server, read: Read) -> None:
        paging = {**PAGING, "param": "seite"}
        assert _failure(read, paging=paging).code == "source-answer-invalid"

    def test_pages_without_end(
        self, server: Server, read: Read, options: Options
    ) -> None:
        options(max_pages=2)
        assert "2 pages" in _failure(read, paging=PAGING).message


class TestToken:
    @pytest.fixture(autouse=True)
    def _token(self, server: Server, connect: Connect) -> None:
        connect(f"{server.url}/base", " geheim ")

    def test_as_bearer(self, server: Server, read: Read) -> None:
        read()
        assert server.seen[0].headers["Authorization"] == "Bearer geheim"

    def test_in_a_header_of_its_own(self, server: Server, read: Read) -> None:
        read(token_header="X-Token")
        assert server.seen[0].headers["X-Token"] == "geheim"
        assert "Authorization" not in server.seen[0].headers

    @pytest.mark.parametrize("status", [401, 403])
    def test_refused(self, status: int, server: Server, read: Read) -> None:
        server.answer = lambda _: Response("令牌无效", status)
        failure = _failure(read)
        assert failure.code == "source-token-wrong"
        assert config.token_option("sample") in failure.hint
        assert "geheim" not in str(failure)
        assert len(server.seen) == 1

    @pytest.mark.parametrize("token", ["gehe\nim", "密令"])
    def test_one_that_cannot_be_sent_is_not_quoted(
        self, token: str, server: Server, read: Read, connect: Connect
    ) -> None:
        connect(f"{server.url}/base", token)
        failure = _failure(read)
        assert failure.code == "source-token-wrong"
        assert token not in str(failure)

    def test_it_never_goes_to_another_host(self, server: Server, read: Read) -> None:
        other = Server()
        http = make_server("127.0.0.1", 0, other, threaded=True)
        thread = threading.Thread(target=http.serve_forever, args=(0.02,))
        thread.start()
        try:
            location = f"http://127.0.0.1:{http.port}/base/api/v1/a"
            server.answer = lambda _: Response("", 302, {"Location": location})
            failure = _failure(read)
        finally:
            http.shutdown()
            thread.join()
            http.server_close()
        assert failure.code == "source-answer-invalid"
        assert other.seen == []


class TestAnswers:
    def test_a_redirect_within_the_host_is_followed(
        self, server: Server, read: Read
    ) -> None:
        def moved(request: Request) -> Response:
            if request.path.endswith("/v2"):
                return server.page(request)
            return Response("", 307, {"Location": "/base/api/v2"})

        server.answer = moved
        assert len(read()) == 5

    @pytest.mark.parametrize(
        "location", ["//evil.example/x", "https://127.0.0.1/", "file:///etc/passwd"]
    )
    def test_a_redirect_elsewhere_is_refused(
        self, location: str, server: Server, read: Read
    ) -> None:
        server.answer = lambda _: Response("", 302, {"Location": location})
        assert _failure(read).code == "source-answer-invalid"

    def test_a_redirect_in_a_circle_is_refused(
        self, server: Server, read: Read
    ) -> None:
        server.answer = lambda r: Response("", 302, {"Location": r.path})
        assert _failure(read).code == "source-answer-invalid"

    @pytest.mark.parametrize(
        ("answer", "keys"),
        [
            (Response("<html>维护中</html>"), {}),
            (Response('{"data": {"list": [1'), {}),
            (Response("[" * 100_000), {}),
            (_json({"data": []}), {}),
            (_json({"data": {"list": {"a": 1}}}), {}),
            (_json({"data": {"list": [1, 2]}}), {}),
            (_json({"data": {"list": []}}), {"total_path": "data.total"}),
            (
                _json({"data": {"list": [], "total": True}}),
                {"total_path": "data.total"},
            ),
            (Response("nicht da", 404), {}),
            (Response("", 204), {}),
        ],
    )
    def test_what_cannot_be_used(
        self, answer: Response, keys: dict, server: Server, read: Read
    ) -> None:
        server.answer = lambda _: answer
        assert _failure(read, **keys).code == "source-answer-invalid"

    def test_a_missing_column_is_named_with_those_that_are_there(
        self, server: Server, read: Read
    ) -> None:
        failure = _failure(read, columns={"uscc": "nsrsbh", "taxpayer_name": "mc"})
        assert failure.code == "source-column-missing"
        assert failure.facts["columns"] == "mc"
        assert failure.facts["found"] == "nsrsbh、qy、je"

    def test_a_failing_service_is_asked_again(self, server: Server, read: Read) -> None:
        def flaky(request: Request) -> Response:
            if len(server.seen) < 3:
                return Response("", 503)
            return server.page(request)

        server.answer = flaky
        assert len(read()) == 5
        assert len(server.seen) == 3

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_a_service_that_stays_down(
        self, status: int, server: Server, read: Read, options: Options
    ) -> None:
        options(retries=1)
        server.answer = lambda _: Response("", status)
        failure = _failure(read)
        assert failure.code == "source-unreachable"
        assert str(status) in failure.message
        assert len(server.seen) == 2

    @pytest.mark.parametrize("packed", [False, True])
    def test_an_answer_that_is_too_large(
        self, packed: bool, server: Server, read: Read, options: Options
    ) -> None:
        options(max_answer_size=1)
        body = b" " * (8 << 20)
        server.answer = lambda _: (
            Response(gzip.compress(body), headers={"Content-Encoding": "gzip"})
            if packed
            else Response(body)
        )
        assert "1 MiB" in _failure(read).message

    def test_a_packed_answer_is_unpacked(self, server: Server, read: Read) -> None:
        def packed(request: Request) -> Response:
            body = gzip.compress(server.page(request).get_data())
            return Response(body, headers={"Content-Encoding": "gzip"})

        server.answer = packed
        assert len(read()) == 5

    def test_a_silent_service(
        self, server: Server, read: Read, options: Options
    ) -> None:
        options(timeout=1, retries=0)
        release = threading.Event()

        def silent(_: Request) -> Response:
            release.wait(30)
            return Response("")

        server.answer = silent
        failure = _failure(read)
        release.set()
        assert failure.code == "source-unreachable"
        assert "in time" in failure.message

    def test_an_answer_that_trickles_in(
        self, server: Server, read: Read, options: Options
    ) -> None:
        options(table_timeout=1)
        release = threading.Event()

        def trickle() -> Iterator[bytes]:
            while not release.wait(0.05):
                yield b" "

        server.answer = lambda _: Response(
            trickle(), headers={"Content-Length": "99999"}
        )
        failure = _failure(read)
        release.set()
        assert failure.code == "source-too-slow"


class TestConnection:
    @pytest.mark.parametrize(
        ("address", "code"),
        [
            (None, "source-connection-missing"),
            ("ftp://geheim.example/", "source-connection-missing"),
            ("geheim", "source-connection-missing"),
            ("http://", "source-connection-missing"),
            ("http://127.0.0.1:1/", "source-unreachable"),
            ("http://geheim.invalid/", "source-unreachable"),
        ],
    )
    def test_an_address_that_does_not_work_is_never_quoted(
        self,
        address: str | None,
        code: str,
        read: Read,
        connect: Connect,
        options: Options,
    ) -> None:
        options(retries=0)
        connect(address)
        failure = _failure(read)
        assert failure.code == code
        assert "geheim" not in str(failure)

    def test_a_path_that_leads_out_of_the_service(
        self, server: Server, read: Read
    ) -> None:
        assert _failure(read, path="/../admin").code == "source-answer-invalid"
        assert server.seen == []
