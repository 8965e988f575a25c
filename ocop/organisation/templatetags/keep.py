"""Parts of a page whose text is kept while no record changes."""

from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString

register = template.Library()


@register.tag
def keep(parser: Parser, token: Token) -> "KeptNode":
    """{% keep NAME %} … {% endkeep %}: the part's text, worked out once by `asked.keep`.

    The part may show nothing but what follows from `asked` and the address: no user, no message,
    no token of a form, no moment. NAME is a plain word, once a page. Without `asked` in the
    context the part is worked out every time.
    """
    try:
        _, name = token.split_contents()
    except ValueError:
        raise template.TemplateSyntaxError("keep takes one name") from None
    inside = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeptNode(name, inside)


class KeptNode(template.Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Any) -> SafeString:
        asked = context.get("asked")
        if asked is None:
            return self.nodelist.render(context)
        text: SafeString = asked.keep(f"part {self.name}", lambda: self.nodelist.render(context))
        return text
