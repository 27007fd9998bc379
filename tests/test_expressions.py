"""No regular expression of ours works more than in proportion to its text.

A person may send any text, and Python's engine neither stops nor lets other threads run.
"""

from __future__ import annotations

import pytest

from ckanext.gpo.intake.kinds.workbook.shapes import Shape
from ckanext.gpo.quality.faults import repairs
from ckanext.gpo.search.analysis.analyser import Analyser, positioned
from ckanext.gpo.search.analysis.words import domain_segmenter, domain_synonyms
from ckanext.gpo.search.highlight import tracing
from ckanext.gpo.search.query.matching import MAX_SLOP
from ckanext.gpo.search.suggest.corrections import corrections
from ckanext.gpo.search.suggest.typed_query import TypedQuery

from tests import expressions
from tests.expressions import SUPERLINEAR, Expression, Unread, growth

PYTHON = list(expressions.python_expressions())
READ = [found for found in PYTHON if isinstance(found, Expression)]
UNREAD = {found.place for found in PYTHON if isinstance(found, Unread)}
SCHEMAS = list(
    {found.pattern: found for found in expressions.schema_expressions()}.values()
)
SCRIPTS = list(expressions.script_expressions())


@pytest.mark.parametrize("expression", [*READ, *SCHEMAS, *SCRIPTS], ids=str)
def test_work_grows_with_the_text_only(expression):
    power, text = growth(expression)
    assert power <= SUPERLINEAR, f"{expression.pattern!r} {expression.method} at {text}"


RUNS = ("食品", "食" * 24, "食品经营许可", "shi" * 8, "xianxian", "x" * 24, "a", "foof")
"""Queries of which expressions are made, up to the greatest that they are made of."""


@pytest.fixture(scope="module")
def made_of_queries() -> list[Expression]:
    synonyms = domain_synonyms()
    segmenter = domain_segmenter(synonyms)
    with expressions.recorded() as made:
        for run in RUNS:
            readings = TypedQuery(run, Analyser(segmenter, synonyms)).readings
            assert readings
            corrections(run, ["食品经营许可信息"], segmenter)
            for slop in (0, MAX_SLOP):
                tracing.pattern_of_links(positioned(run[:2]), slop)
        _read_rows_alike()
        # patterns of schemas, which are looked at above
        assert repairs.fits("320402", {"type": "string", "constraints": PATTERN})
    return made


PATTERN = {"pattern": "[0-9]{6}"}


def _read_rows_alike() -> None:
    cells = (
        '<c r="A9" s="1"><v>9</v></c><c r="B9"><f>A9+1</f><v>10</v></c>'
        '<c r="C9" t="inlineStr"><is><t>示例</t></is></c><c r="D9" s="1"/>'
    )
    shape = Shape.learn(cells)
    piece = shape.split(f'<row r="9">{cells}</row>')
    assert piece.columns == [["9"], ["10"], ["示例"]]


def test_every_expression_is_looked_at(made_of_queries):
    """One that is made in another place needs a text to be made of above."""
    assert {found.place for found in made_of_queries} >= UNREAD


def test_work_of_what_is_made_of_queries(made_of_queries, subtests):
    for expression in dict.fromkeys(made_of_queries):
        with subtests.test(pattern=expression.pattern):
            power, text = growth(expression)
            assert power <= SUPERLINEAR, f"{expression.place} at {text}"


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\s+[-+\s]+$", "sub"),
        (r"(a+)+$", "match"),
        (r"(?:a|a)*b", "fullmatch"),
        (r"\s*<\s*", "sub"),
        (r"(\d+)+:", "match"),
        (r".*,.*;", "match"),
    ],
)
def test_one_that_works_more_is_told(pattern, method):
    assert growth(Expression("here", pattern, 0, method))[0] > SUPERLINEAR


@pytest.mark.parametrize("pattern", [r"\s", r"[a-z]+", r"(?<!\s)\s+x", r'"[^"]*"'])
def test_one_that_does_not_is_not(pattern):
    assert growth(Expression("here", pattern))[0] <= SUPERLINEAR
