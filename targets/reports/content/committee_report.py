"""What the committee's report says on a day: the only assembler of its Word file.

Everything comes out of `targets.figures.overview` rows, its charts' payloads and the records behind
them. No figure is typed or counted anew here.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from ocop.web.page_query import PageQuery
from products.scoring import renewal_terms
from targets.charts import overview_for, registry
from targets.choices import TargetType
from targets.figures import (
    Overview,
    SectionRows,
    TargetPeriods,
    by_section,
    part_of,
    series,
    state_counts,
    wording,
)
from targets.progress import stock
from targets.reports.content import letterhead, prose, records, tables
from targets.reports.language import written_in
from targets.reports.writers import (
    Annex,
    Block,
    ChartImage,
    DocumentSection,
    DocumentTable,
    Paragraph,
    ReportDocument,
)

MAX_LISTED = 1000
"""Records in an annex; a longer list stands whole in the workbook only."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Points of a section are lettered as drafters of Vietnamese law do: đ after d, no f, j, w, z."""
AHEAD = timedelta(days=365)


def lettered(place: int) -> str:
    """The letter of a point, from 0: a, b, c, d, đ … y, then aa, bb …"""
    round_, letter = divmod(place, len(LETTERS))
    return LETTERS[letter] * (round_ + 1)


def report(query: PageQuery, language: str) -> ReportDocument:
    """The report of a unit on a day. Counts verified records only, whatever `query` says.

    `language` is one of language.LANGUAGES. NotForYou where no plan is loaded.
    """
    with translation.override(written_in(language)):
        return _ReportBuilder(query, overview_for(query), language).document()


class _ReportBuilder:
    """One report being put together; sections are numbered as they come."""

    def __init__(self, query: PageQuery, overview: Overview, language: str) -> None:
        if query.pending:
            raise ValueError("papers count verified records only")
        # The paper is written today, whatever day its figures are of.
        overview = overview.with_names_of(query.today)
        self.query, self.overview, self.language = query, overview, language
        self.issuer = letterhead.issuer(overview.unit, query.today)
        self.cards = {card["name"]: card for card in registry.cards(overview, query)}
        self.province = part_of(overview.unit) is None
        self.captions = {"table": 0, "picture": 0}

    def document(self) -> ReportDocument:
        overview = self.overview
        return ReportDocument(
            language=written_in(self.language),
            day=overview.as_of,
            head=letterhead.build_letterhead(self.issuer, "BC"),
            kind=_("REPORT"),
            subject=_("Results of the plan under Directive %(plan)s up to %(day)s")
            % {"plan": overview.plan.code, "day": wording.day(overview.as_of)},
            opening=[Paragraph(text) for text in (self._opening(), self._whose()) if text],
            sections=list(self._sections()),
            closing=Paragraph(self._closing()),
            signature=letterhead.signature(overview, self.issuer),
            annexes=self._annexes(),
            note=self._note(),
        )

    def _note(self) -> str:
        """Where the language asked for has no catalogue, the paper says so itself."""
        if self.language == written_in(self.language):
            return ""
        return _(
            "This paper was asked for in the language “%(language)s”. No part of the program is "
            "translated into it yet, so all of it is in Vietnamese."
        ) % {"language": self.language}

    def _whose(self) -> str:
        return letterhead.whose_figures(self.overview.unit, self.query.today)

    def _opening(self) -> str:
        plan = self.overview.plan
        return _(
            "Carrying out %(document)s of %(date)s, %(agency)s reports the results of the plan's "
            "targets (%(first)s–%(last)s) up to %(day)s:"
        ) % {
            "document": plan.document,
            "date": wording.day(plan.document_date),
            "agency": self.issuer.name,
            "first": plan.starts_on.year,
            "last": plan.ends_on.year,
            "day": wording.day(self.overview.as_of),
        }

    def _closing(self) -> str:
        return _(
            "This is the report on the results of the plan under Directive %(plan)s "
            "up to %(day)s./."
        ) % {"plan": self.overview.plan.code, "day": wording.day(self.overview.as_of)}

    # --- Sections -----------------------------------------------------------------------------

    def _sections(self) -> Iterable[DocumentSection]:
        parts = [self._general(), self._targets()]
        if self.province:
            parts.append(self._districts())
        parts += [self._ahead(), self._method()]
        for number, (title, *sections) in zip(ROMAN, parts, strict=False):
            yield DocumentSection(f"{number}. {title.upper()}", 1, sections[0].blocks)
            yield from sections[1:]

    def _general(self) -> list:
        overview = self.overview
        blocks: list[Block] = [
            Paragraph(prose.stock(overview)),
            *self._ended(),
            Paragraph(prose.states(state_counts(overview.lines))),
            self._table(_("Results of the plan's targets"), tables.of_targets(overview)),
            self._picture("stock"),
            self._table(
                _("Valid products by product group"), tables.of_groups(series.by_group(overview))
            ),
        ]
        return [_("General results"), DocumentSection("", 1, blocks)]

    def _ended(self) -> list[Block]:
        """Of which days the figures are, where the plan is over: targets and stock differ."""
        return [Paragraph(text)] if (text := self.overview.ended_text) else []

    def _targets(self) -> list:
        sections = [DocumentSection("", 1, [])]
        for number, shown in enumerate(by_section(self.overview.lines), 1):
            sections.append(DocumentSection(f"{number}. {shown.title}", 2, self._section(shown)))
        return [_("Results by target"), *sections]

    def _section(self, shown: SectionRows) -> list[Block]:
        rows = [line.current for line in shown.lines]
        blocks: list[Block] = [Paragraph(prose.leads(rows))]
        if shown.note:
            blocks.append(Paragraph(shown.note))
        for place, line in enumerate(shown.lines):
            blocks += self._target_paragraphs(
                line, f"{lettered(place)}) {prose.lead(line.current)}"
            )
        blocks += self._pictures_of(shown.lines)
        return blocks

    @staticmethod
    def _target_paragraphs(line: TargetPeriods, lead: str) -> list[Paragraph]:
        if line.yearly:
            years = [Paragraph(f"- {text}") for text in prose.yearly(line.periods)]
            return [Paragraph("", lead), *years]
        return [Paragraph(prose.target(line.current), lead)]

    def _pictures_of(self, lines: list[TargetPeriods]) -> Iterable[Block]:
        charts = {line.current.indicator.chart: line for line in lines}
        for name in ("ip", "new-products", "shares"):
            # Rights stand in two sections, their chart in the first of them.
            if name in charts and not (name == "ip" and self.captions.get("ip")):
                self.captions[name] = 1
                yield self._picture(name)

    def _districts(self) -> list:
        table = tables.of_districts(self.overview, self.query.units)
        blocks: list[Block] = [
            Paragraph(_("Products are counted in the district recorded when they were entered.")),
            *self._ended(),
            self._table(tables.title_by_sub_unit(self.overview), table),
            self._picture("districts"),
        ]
        return [tables.results_by_sub_unit(self.overview), DocumentSection("", 1, blocks)]

    def _ahead(self) -> list:
        overview, first = self.overview, self.overview.as_of
        last = first + AHEAD
        ends = [
            (day, number)
            for day, number in stock.shared_end_dates(series.products_ahead(overview), least=1)
            if day <= last
        ]
        number = sum(each for _day, each in ends)
        blocks: list[Block] = [Paragraph(prose.lapsing(number, first, last))]
        if ends:
            table = tables.of_ends(ends, renewal_terms())
            blocks.append(self._table(_("Certificates that end in the coming 12 months"), table))
        end = overview.plan.ends_on
        if first < end:
            blocks += [Paragraph(text) for text in self._at_plan_end(end)]
        return [_("What lies ahead"), DocumentSection("", 1, blocks)]

    def _at_plan_end(self, end: date) -> Iterable[str]:
        (stock,) = series.stock_on(self.overview, [end])
        yield prose.left_at_end(sum(stock.values()), end)
        for row in self.overview.rows:
            if row.result.kind == TargetType.SHARE:
                (share,) = series.values_on(self.overview, row.target, row.window, [end])
                yield prose.share_at_end(row, share, end)

    def _method(self) -> list:
        readings = [str(row.indicator.interpretation) for row in self.overview.rows]
        blocks: list[Block] = [
            Paragraph(
                _(
                    "Figures count verified records only, as they stood on %(day)s; records "
                    "awaiting verification are not among them. Certificates are valid for 36 "
                    "months from the decision."
                )
                % {"day": wording.day(self.overview.as_of)}
            ),
            *(Paragraph(text) for text in dict.fromkeys(readings) if text),
        ]
        return [_("How the figures are counted"), DocumentSection("", 1, blocks)]

    # --- Tables, pictures, annexes -----------------------------------------------------------

    def _table(self, title: str, table: DocumentTable) -> DocumentTable:
        self.captions["table"] += 1
        caption = _("Table %(number)s. %(title)s") % {
            "number": self.captions["table"],
            "title": title,
        }
        return DocumentTable(caption, table.columns, table.rows, table.strong)

    def _picture(self, name: str) -> ChartImage:
        card = self.cards[name]
        self.captions["picture"] += 1
        words = {
            "number": self.captions["picture"],
            "title": str(card["title"]),
            "subtitle": prose.uncapitalised(str(card["subtitle"])),
        }
        caption = _("Figure %(number)s. %(title)s (%(subtitle)s)") % words
        return ChartImage(caption, tables.describe_chart(card["payload"], caption), card["payload"])

    def _annexes(self) -> list[Annex]:
        year = tables.year_of(self.overview)
        listed = []
        if year:
            title = _("Products newly recognised in %(year)s") % {"year": year}
            listed.append((title, records.new_products(self.query, int(year), MAX_LISTED + 1)))
        title = _("OCOP products valid on %(day)s") % {"day": wording.day(self.overview.as_of)}
        listed.append((title, records.valid_products(self.query, MAX_LISTED + 1)))
        return [
            self._annex(number, title, lines)
            for number, (title, lines) in zip(ROMAN, listed, strict=False)
        ]

    def _annex(self, number: str, title: str, lines: list[records.ProductRow]) -> Annex:
        note = ""
        if len(lines) > MAX_LISTED:
            note = _(
                "Only the first %(n)s products are listed here; the workbook holds all of them."
            ) % {"n": wording.number(MAX_LISTED)}
        elif not lines:
            note = _("There are none.")
        return Annex(
            number=_("Annex %(number)s") % {"number": number},
            title=title.upper(),
            goes_with=_("(With the report %(number)s, %(day)s, of %(agency)s)")
            % {
                "number": prose.uncapitalised(letterhead.number_of(self.issuer.agency, "BC")),
                "day": letterhead.blank_day(),
                "agency": self.issuer.name,
            },
            table=tables.of_products(lines[:MAX_LISTED], self.province),
            note=note,
        )
