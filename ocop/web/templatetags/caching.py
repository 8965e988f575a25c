"""Parts of a page whose text is cached while no record changes."""

from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString

from ocop.web import caching

register = template.Library()


@register.tag
def cached(parser: Parser, token: Token) -> "CachedNode":
    """{% cached NAME %} … {% endcached %}: as {% cache %}, under the keys of `ocop.web.caching`.

    The part may show nothing but what follows from `asked` and the address: no user, no message,
    no token of a form, no moment. NAME is a plain word, once a page. What only cached parts show
    is given by the callable `parts` of the context, asked when one of them is not in the cache.
    """
    try:
        _, name = token.split_contents()
    except ValueError:
        raise template.TemplateSyntaxError("cached takes one name") from None
    nodelist = parser.parse(("endcached",))
    parser.delete_first_token()
    return CachedNode(name, nodelist)


class CachedNode(template.Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Any) -> SafeString:
        def compute() -> SafeString:
            with context.push(**context["parts"]()):
                return self.nodelist.render(context)

        return caching.cached(f"fragment {self.name}", context["query"], compute)
