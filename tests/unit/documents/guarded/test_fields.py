import pytest

from documents.guarded.environment import PaperEnvironment
from documents.guarded.fields import paths_of


@pytest.mark.parametrize(
    ("template", "paths"),
    [
        ("chữ", set()),
        ("{{ a }}", {"a"}),
        ("{{ a.b.c }}", {"a", "a.b", "a.b.c"}),
        ("{{ a['b'] }}", {"a", "a.b"}),
        ("{{ a[0].b }}", {"a", "a.b"}),
        ("{% for n in ds|theo_ten %}{{ n.ten }}{% endfor %}", {"ds", "ds.ten"}),
        ("{% for n in ds|theo_ten('x') %}{{ n.x }}{% endfor %}", {"ds", "ds.x"}),
        ("{{ a|default(b) }}", {"a", "b"}),
        ("{% if a and not b %}{{ c }}{% elif d %}{{ e }}{% else %}{{ f }}{% endif %}", set("abcdef")),
        ("{% for n in ds %}{{ n.ten }}{{ loop.index }}{% else %}{{ x }}{% endfor %}", {"ds", "ds.ten", "x"}),
        ("{% for n in ds if n.ok %}{{ n }}{% endfor %}{{ n }}", {"ds", "ds.ok", "n"}),
        ("{% for a in ds %}{% for b in a.con %}{{ b.ten }}{% endfor %}{% endfor %}", {"ds", "ds.con", "ds.con.ten"}),
        ("{% for k, v in ds %}{{ k }}{{ v.x }}{% endfor %}", {"ds"}),
        ("{% set x = a.b %}{{ x.c }}", {"a", "a.b", "a.b.c"}),
        ("{% set x = 1 + a %}{{ x }}", {"a"}),
        ("{{ a ~ 'x' }}{{ b if c else d }}", set("abcd")),
    ],
)  # fmt: skip
def test_paths_of_follows_loops_and_names(template: str, paths: set[str]) -> None:
    assert paths_of(PaperEnvironment().parse(template)) == paths
