"""The committee's papers: what they say (`contents`), then how it is written (`word`, `excel`)."""

from targets.reports.files import FORMATS, write_file
from targets.reports.language import LANGUAGES, written_in
