"""Texts of records that are kept in more than one language."""

from django import template

from targets.figures import wording

register = template.Library()
register.filter("in_language", wording.in_language)
