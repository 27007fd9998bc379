"""What a running site answers: our catalogue is merged over CKAN's, for pages and scripts."""

from __future__ import annotations

import json

import pytest
from flask_babel import get_translations

import ckan.plugins.toolkit as tk
from ckan.lib.i18n import build_js_translations

from .strings import OURS, PO, catalogue, extracted, texts, theirs

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture(scope="module")
def entries():
    return [message for message in catalogue(PO) if message.id]


@pytest.fixture
def chinese(app):
    with app.flask_app.test_request_context(
        environ_overrides={"CKAN_LANG": "zh_Hans_CN"}
    ):
        yield get_translations()


@pytest.fixture
def scripts(tmp_path, ckan_config, monkeypatch):
    """The strings that a browser is given, built anew."""
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))
    build_js_translations()
    return json.loads((tmp_path / "i18n" / "js" / "zh_Hans_CN.js").read_text())


def test_every_word_is_ours(chinese, entries):
    """Also where CKAN has another: its catalogue is merged first, ours last."""
    assert tk._("Organizations") == "部门"
    served = {
        message.id: (
            chinese.ungettext(*message.id, 2)
            if isinstance(message.id, tuple)
            else chinese.ugettext(message.id)
        )
        for message in entries
    }
    assert served == {message.id: texts(message)[0] for message in entries}


def test_english_stays_as_written(app):
    with app.flask_app.test_request_context(environ_overrides={"CKAN_LANG": "en"}):
        assert tk._("Organizations") == "Organizations"
        assert tk.ungettext("{num} Dataset", "{num} Datasets", 2) == "{num} Datasets"


def test_scripts_get_every_string_of_theirs_and_ours(scripts, entries):
    said = {message.id: texts(message)[0] for message in entries}
    wanted = {
        message.id
        for path, message in extracted([*OURS, *theirs()])
        if path.suffix == ".js" and "/public/" in str(path)
    }
    assert wanted
    for msgid in wanted:
        single = msgid[0] if isinstance(msgid, tuple) else msgid
        assert scripts[single][-1] == said[msgid]


def test_scripts_are_served(app, scripts):
    assert scripts["Please Confirm"] == [None, "请确认"]
    assert app.get("/api/i18n/zh_Hans_CN").json == scripts
