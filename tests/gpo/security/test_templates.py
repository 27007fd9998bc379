"""No text of a reader becomes markup: a lint over every template that is served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, nodes
from markupsafe import Markup

from ckanext.gpo.security import messages

pytestmark = pytest.mark.usefixtures("with_plugins")

OURS = Path(messages.__file__).parents[1]
MARK = "<img src=x onerror=alert(1)>\"'"
TRANSLATE = ("_", "gettext", "ngettext", "ungettext", "pgettext", "npgettext")

HARMLESS = {
    "activity/templates/snippets/activities/": "links that CKAN's helpers escape",
    "activity/templates/snippets/changes/": "parts that each template escapes itself",
    "activity/templates/group/changes.html": "difflib's table, escaped by CKAN",
    "activity/templates/organization/changes.html": "difflib's table, escaped by CKAN",
    "activity/templates/package/changes.html": "difflib's table, escaped by CKAN",
    "ckan/templates/base.html": "style sheet of the site, written by sysadmins",
    "ckan/templates/group/base_form_page.html": "a form that was rendered before",
    "ckan/templates/organization/base_form_page.html": "a form rendered before",
    "ckan/templates/user/edit.html": "a form that was rendered before",
    "ckan/templates/user/new.html": "a form that was rendered before",
    "ckan/templates/page.html": "h.flash_* escape what is not markup already",
    "ckan/templates/tests/": "not a page of the site",
    "harvest/templates/emails/": "plain text of mails",
    "scheming/templates/scheming/form_snippets/help_text.html": "text of our schemas",
    "scheming/templates/scheming/form_snippets/repeating_subfields.html": (
        "text of our schemas"
    ),
    "gpo/common/templates/gpo_common/page.html": "h.flash_* escape what is not markup already",
}
"""Where CKAN or an extension, or we as it does, declare a value safe, and why it is."""


def test_no_value_is_declared_safe(app: Any):
    found = {
        f"{path}:{node.lineno}"
        for path, tree in _templates(app.flask_app.jinja_env)
        for node in _declared_safe(tree)
        if not any(known in str(path) for known in HARMLESS)
    }
    assert found == set()


def test_the_list_of_harmless_ones_is_true(app: Any):
    """What no longer declares anything safe leaves the list."""
    guilty = [
        str(path)
        for path, tree in _templates(app.flask_app.jinja_env)
        if any(True for _ in _declared_safe(tree))
    ]
    idle = [known for known in HARMLESS if not any(known in path for path in guilty)]
    assert idle == []


def test_our_templates_escape_what_they_translate(app: Any):
    """`_(x | e)`; the guard would escape it too, but the page should say so."""
    found = {
        f"{path}:{call.lineno}"
        for path, tree in _templates(app.flask_app.jinja_env)
        if path.is_relative_to(OURS)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in TRANSLATE
        for message in call.args[:1]
        if not isinstance(message, nodes.Const)
        and not (isinstance(message, nodes.Filter) and message.name in ("e", "escape"))
    }
    assert found == set()


@pytest.mark.parametrize(
    "template",
    [
        "{{ _(x) }}",
        "{{ _(x) | e }}",
        "{{ gettext(x) }}",
        "{{ ungettext(x, x, 2) }}",
        "{{ ngettext('one', x, 2) }}",
        "{% set y = _('a' ~ x) %}{{ y }}",
        "{{ _('Licence: {licence}.').format(licence=x) }}",
        "{% trans %}{{ x }}{% endtrans %}",
        "{% trans y=x %}Hello {{ y }}{% endtrans %}",
        '{% block a %}<i title="{{ _(x.title()) }}"></i>{% endblock %}',
    ],
)
def test_a_translated_value_is_escaped(app: Any, template: str):
    with app.flask_app.test_request_context():
        page = app.flask_app.jinja_env.from_string(template).render(x=MARK)
    assert "<img" not in page.lower()
    assert "&lt;img" in page.lower()


def test_a_translators_words_stay_markup(app: Any):
    """What a catalogue knows is shown as it stands there, whoever passes it."""
    environment = app.flask_app.jinja_env
    with app.flask_app.test_request_context():
        known = environment.from_string("{{ _(x) }}").render(x="Datasets")
        assert known == "数据集"
        assert messages.known_or_escaped(Markup("<b>")) == "<b>"


def _templates(environment: Environment) -> Iterator[tuple[Path, nodes.Template]]:
    """Every file of the loader's folders, those that another one overrides too."""
    for folder in environment.loader.searchpath:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in (".html", ".xml", ".txt"):
                text = path.read_text("utf-8")
                yield path, environment._parse(text, path.name, str(path))


def _declared_safe(tree: nodes.Template) -> Iterator[nodes.Node]:
    for node in tree.find_all(nodes.Filter):
        if node.name == "safe" and not isinstance(node.node, nodes.Const):
            yield node
    for node in tree.find_all(nodes.Call):
        name = getattr(node.node, "attr", getattr(node.node, "name", ""))
        plain = all(_is_plain(argument) for argument in node.args)
        if name in ("literal", "Markup") and not plain:
            yield node
    for node in tree.find_all((nodes.ScopedEvalContextModifier, nodes.MarkSafe)):
        if not getattr(node, "options", None) or node.options[0].key == "autoescape":
            yield node


def _is_plain(argument: nodes.Expr) -> bool:
    """A text of the template, or one with numbers put into it."""
    if isinstance(argument, nodes.Mod):
        return (
            isinstance(argument.left, nodes.Const) and "%s" not in argument.left.value
        )
    return isinstance(argument, nodes.Const)
