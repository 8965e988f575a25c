"""The languages a paper can be asked for in, and the one it then comes in."""

from django.conf import settings

LANGUAGES = ("vi", "en", "km")


def written_in(language: str) -> str:
    """The language a paper comes in: Vietnamese where there is no catalogue of the one asked."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def offered() -> list[tuple[str, str]]:
    """(code, name) of the languages that papers really come in."""
    return [(code, str(name)) for code, name in settings.LANGUAGES if code in LANGUAGES]
