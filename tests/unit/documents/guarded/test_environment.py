"""What a template may say, in both environments: that of docxtpl's way and that of the straight."""

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from documents.guarded.environment import PaperEnvironment
from documents.guarded.refusal import RefusedInChildError
from documents.guarded.straight import StraightEnvironment

VALUES = {"a": "R&D <b>", "n": 3, "rong": None, "d": {"items": "khoá", "x": None}, "l": [1, None]}


@pytest.fixture(params=[PaperEnvironment, StraightEnvironment])
def environment(request: pytest.FixtureRequest) -> PaperEnvironment:
    made: PaperEnvironment = request.param()
    return made


def rendered(environment: PaperEnvironment, template: str) -> str:
    made = environment.from_string(template)
    if isinstance(environment, StraightEnvironment):
        return environment.filled(made, VALUES).decode()
    return made.render(VALUES)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ a }}", "R&amp;D &lt;b&gt;"),
        ("{{ a|upper }}", "R&amp;D &lt;B&gt;"),
        ("{{ d.items }}", "khoá"),
        ("{{ l[0] }}", "1"),
        ("{% if rong or d.x or l[1] %}có{% else %}không{% endif %}", "không"),
        ("{% if b is defined %}có{% endif %}", ""),
        ("{% for x in l %}{{ loop.index }}/{{ loop.length }} {% endfor %}", "1/2 2/2 "),
        ("{{ '_' * (n * 4 // 2) }}", "______"),
        ("{{ '%02d' % n }}", "03"),
        ("{{ [n, 2]|min }}", "2"),
        ("{% set x = n + 1 %}{{ x }}", "4"),
    ],
)
def test_template_may_show_loop_branch_and_count(
    environment: PaperEnvironment, template: str, text: str
) -> None:
    assert rendered(environment, template) == text


FORBIDDEN = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ a.upper() }}",
    "{{ _a }}",
    "{{ a ** 99 }}",
    "{{ a / 2 }}",
    "{% autoescape false %}{{ a }}{% endautoescape %}",
    "{% macro m() %}{% endmacro %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% block b %}{% endblock %}",
    "{% filter upper %}x{% endfilter %}",
    "{% call m() %}{% endcall %}",
    "{% with %}{% endwith %}",
    "{{ n is callable }}",
    "{% raw %}{% endraw %}{{ {'a': 1} }}",
    "{{ l[:1] }}",
]


@pytest.mark.parametrize("template", FORBIDDEN)
def test_any_other_construct_is_forbidden_before_it_runs(
    environment: PaperEnvironment, template: str
) -> None:
    with pytest.raises(RefusedInChildError) as caught:
        rendered(environment, template)
    assert caught.value.code == "TEMPLATE_FORBIDDEN"


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'a' * 2000000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%s' % 1 }}",
        "{{ 'a' // 2 }}",
        "{{ 99999 * 99999 * 99999 }}",
        "{{ l * 5 }}",
        "{{ 2 % a }}",
    ],
)
def test_arithmetic_that_grows_without_bound_is_refused(
    environment: PaperEnvironment, template: str
) -> None:
    with pytest.raises(SecurityError):
        rendered(environment, template)


def test_call_is_refused_even_where_the_walk_was_passed(environment: PaperEnvironment) -> None:
    context = environment.from_string("").new_context()
    with pytest.raises(SecurityError):
        environment.call(context, print)


@pytest.mark.parametrize(
    "template", ["{{ x }}", "{{ a.x }}", "{{ l[9] }}", "{{ n.real }}", "{{ l.append }}"]
)
def test_what_the_data_does_not_hold_is_undefined(
    environment: PaperEnvironment, template: str
) -> None:
    with pytest.raises(UndefinedError):
        rendered(environment, template)


@pytest.mark.parametrize(
    ("template", "code", "field"),
    [
        ("{{ rong }}", "VALUE_MISSING", "rong"),
        ("{{ d.x }}", "VALUE_MISSING", "x"),
        ("{{ d }}", "VALUE_FORMAT", "{'items': 'khoá', 'x': None}"),
        ("{{ l }}", "VALUE_FORMAT", "[1, None]"),
        ("{{ n == 3 }}", "VALUE_FORMAT", "True"),
    ],
)
def test_what_no_paper_should_show_is_refused(
    environment: PaperEnvironment, template: str, code: str, field: str
) -> None:
    with pytest.raises(RefusedInChildError) as caught:
        rendered(environment, template)
    assert (caught.value.code, caught.value.facts["field"]) == (code, field)


def test_printed_holds_every_value_in_order(environment: PaperEnvironment) -> None:
    rendered(environment, "{{ a }}{{ n }}")
    assert environment.printed == ["R&D <b>", "3"]
