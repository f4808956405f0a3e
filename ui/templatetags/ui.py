"""Small pieces of the shared look that templates ask for by name."""

from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SPRITE = "ui/vendor/icons/sprite.svg"
VERSION: str = settings.VERSION
SOURCE_URL: str = settings.SOURCE_URL


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Return one picture of the icon sprite; always decoration, never the only bearer of meaning."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        static(SPRITE),
        name,
    )


@register.simple_tag
def product_version() -> str:
    """Return the version shown in the footer."""
    return VERSION


@register.simple_tag
def source_url() -> str:
    """Return where the corresponding source is offered (AGPL-3.0, section 13)."""
    return SOURCE_URL


@register.simple_tag
def is_demo() -> bool:
    """Tell whether this installation shows invented people and must say so."""
    return bool(settings.DEMO)


@register.inclusion_tag("ui/refusal_box.html")
def refusal_box(refusal: Any) -> dict[str, Any]:
    """Show a refusal: its code, what was not done, why, and what to do now."""
    return {"refusal": refusal}


@register.inclusion_tag("ui/example_band.html")
def example_band(movement: Any) -> dict[str, Any]:
    """Say on a page of a movement that it stands on an example regulation, where it does.

    movement  anything with `name` and `is_example`, such as a campaign
    """
    return {"movement": movement}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """Show where the page stands: pairs of (label, address), the last without an address.

    `{% breadcrumbs "Hồ sơ" url "HS-01" %}`: an odd last label is the page itself.
    """
    pairs = [(parts[i], parts[i + 1]) for i in range(0, len(parts) - 1, 2)]
    return {"links": pairs, "here": parts[-1] if len(parts) % 2 else ""}


@register.filter
def dong(amount: int) -> str:
    """Return an amount in đồng as Vietnamese papers write it: 3510000 gives “3.510.000”."""
    return f"{amount:,}".replace(",", ".")
