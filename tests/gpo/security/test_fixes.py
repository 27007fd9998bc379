"""The fixes of CKAN's own faults, each against the real thing."""

from __future__ import annotations

import smtplib
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from werkzeug.http import parse_options_header

import ckan.plugins as p
from ckan import authz, logic
from ckan.config.middleware import flask_app, make_app
from ckan.lib import mailer
from ckan.tests import factories

from ckanext.datastore.backend import postgres
from ckanext.datastore.backend.postgres import (
    DatastorePostgresqlBackend,
    get_write_engine,
)
from ckanext.gpo.common.errors import UnconfirmedMail
from ckanext.gpo.security.fixes import smtp_client

from .. import mail_servers
from ..conftest import VENUES


@pytest.mark.usefixtures("non_clean_db")
@pytest.mark.ckan_config("WTF_CSRF_ENABLED", True)
class TestCsrf:
    """An API token switches CSRF protection off for its own request only."""

    PAGE = "/dashboard/datasets"
    EDIT = "/user/edit"

    def test_token_request_leaves_other_requests_protected(self, app):
        user = factories.UserWithToken()
        with_token = app.post(
            self.EDIT, headers={"Authorization": user["token"]}, data={"x": "1"}
        )
        assert "CSRF" not in with_token.body

        app.set_session_user(user["id"])
        forged = app.post(self.EDIT, data={"x": "1"})
        assert forged.status_code == 400
        assert not flask_app.csrf._exempt_views & {"ckan.views.user.edit"}

    @pytest.mark.parametrize("path", ["/user/login", "/user/register", "/user/reset"])
    def test_anonymous_forms_need_their_token(self, app, path: str):
        assert app.post(path, data={"login": "a", "password": "b"}).status_code == 400

    def test_api_call_without_cookie_needs_no_token(self, app):
        answer = app.post("/api/3/action/status_show", json={})
        assert answer.json["success"] is True

    def test_api_call_with_session_cookie_needs_a_token(self, app):
        user = factories.User()
        app.set_session_user(user["id"])
        answer = app.post("/api/3/action/status_show", json={})
        assert answer.status_code == 400


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate that nobody has signed but itself."""
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
            *("-keyout", key, "-out", cert, "-days", "1", "-subj", "/CN=127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    return key, cert


@pytest.fixture
def smtp_port(certificate: tuple[Path, Path]) -> Iterator[int]:
    """A mail server that offers STARTTLS with that certificate."""
    key, cert = certificate
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(cert, key)

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            peer, _ = listener.accept()
            with peer:
                peer.sendall(b"220 probe ESMTP\r\n")
                peer.recv(1024)
                peer.sendall(b"250-probe\r\n250 STARTTLS\r\n")
                peer.recv(1024)
                peer.sendall(b"220 go ahead\r\n")
                with tls.wrap_socket(peer, server_side=True) as secure:
                    secure.recv(1024)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=[listener])
        thread.start()
        yield listener.getsockname()[1]
    thread.join(timeout=10)


class TestMail:
    def test_mailer_uses_the_verifying_client(self):
        assert mailer.smtplib.SMTP is smtp_client.connect
        assert mailer.smtplib.SMTPException is smtplib.SMTPException

    def test_unverified_certificate_is_refused(self, smtp_port: int):
        with mailer.smtplib.SMTP("127.0.0.1", smtp_port) as client:
            client.ehlo()
            with pytest.raises(ssl.SSLCertVerificationError):
                client.starttls()
            client.close()

    def test_a_silent_server_is_given_up(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(smtp_client, "SILENCE_SECONDS", 0.1)
        with (
            mail_servers.hanging() as address,
            pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"),
        ):
            mailer.smtplib.SMTP(*address.split(":"))

    def test_silence_after_the_mail_is_no_refusal(self):
        with mail_servers.serve(mail_servers.Silent()) as address:
            client = mailer.smtplib.SMTP(*address.split(":"))
            client.ehlo()
            client.mail("a@example.org")
            client.rcpt("b@example.org")
            client.sock.settimeout(0.1)
            with pytest.raises(UnconfirmedMail):
                client.data("Subject: a\n\nb")
            client.close()

    def test_a_server_that_leaves_first_has_the_mail_all_the_same(self):
        mailbox = mail_servers.Curt()
        with mail_servers.serve(mailbox) as address:
            self._send(address).quit()

        assert len(mailbox.mails) == 1

    def _send(self, address: str) -> smtplib.SMTP:
        client = mailer.smtplib.SMTP(*address.split(":"))
        client.sendmail("a@example.org", ["b@example.org"], "Subject: a\n\nb")
        return client


@pytest.mark.ckan_config("ckan.datastore.sqlsearch.enabled", True)
def test_ts_rewrite_is_no_allowed_function(ckan_config):
    backend = DatastorePostgresqlBackend()

    backend.configure(ckan_config)

    assert "ts_headline" in backend.allowed_sql_functions
    assert "ts_rewrite" not in backend.allowed_sql_functions


@pytest.mark.usefixtures("non_clean_db")
def test_datastore_answers_are_read_before_the_connection_goes(
    monkeypatch: pytest.MonkeyPatch,
):
    table = str(uuid4())
    backend = DatastorePostgresqlBackend.get_active_backend()
    engine = sa.create_engine(backend.read_url, poolclass=sa.NullPool)  # as a full one
    monkeypatch.setattr(backend, "_get_read_engine", lambda: engine)
    monkeypatch.setattr(postgres, "_pg_types", {})
    with get_write_engine().begin() as connection:
        connection.execute(sa.text(f'CREATE TABLE "{table}" (_id int, name text)'))

    assert backend.resource_exists(table)
    assert backend.resource_id_from_alias(table) == (True, None)
    assert [f["id"] for f in backend.resource_fields(table)["fields"]] == ["name"]


@pytest.mark.usefixtures("with_plugins")
def test_registries_are_full_before_the_first_request(ckan_config):
    logic.clear_actions_cache()
    authz.clear_auth_functions_cache()

    make_app(ckan_config)

    assert "package_show" in logic._actions
    assert "package_show" in authz._AuthFunctions._functions


@pytest.mark.usefixtures("with_plugins")
def test_ckanext_harvest_keeps_actions_and_auth_functions_apart():
    plugin = p.get_plugin("harvest")

    auth, actions = plugin.get_auth_functions(), plugin.get_actions()

    assert "harvest_source_create" in auth
    assert "harvest_source_create" in actions
    assert auth["harvest_source_create"] is not actions["harvest_source_create"]
    assert not {f.__module__ for f in actions.values()} & {
        f.__module__ for f in auth.values()
    }


def test_pages_that_failed_of_no_mistake_answer(app, gate):
    """Each was an error 500 of CKAN's or an extension's for any sysadmin."""
    headers = {"Authorization": factories.SysadminWithToken()["token"]}
    dataset = gate.dataset(VENUES)["name"]
    expected = {
        f"/harvest/{dataset}/job": 404,
        f"/harvest/{dataset}/job/last": 404,
        "/dataset/changes_multiple": 404,
        "/dataset/changes_multiple?new_id=x&old_id=y": 404,
        "/group/changes_multiple": 404,
        "/organization/changes_multiple": 404,
    }
    statuses = {
        address: app.get(address, headers=headers).status_code for address in expected
    }
    assert statuses == expected


def test_a_chinese_file_name_can_be_sent(app, gate):
    headers = {"Authorization": factories.SysadminWithToken()["token"]}

    answer = app.get("/organization/member_dump/wglj", headers=headers)

    disposition = answer.headers["Content-Disposition"]
    _, options = parse_options_header(disposition)
    assert (answer.status_code, disposition.isascii()) == (200, True)
    assert options["filename"] == "wglj-成员.csv"
