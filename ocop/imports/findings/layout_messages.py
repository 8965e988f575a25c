"""Sentences about how a table is laid out, and about cells that hold more than one value."""

from typing import Any

from django.utils.translation import gettext_lazy

LAYOUT_TITLES: dict[str, Any] = {
    "no_decision": gettext_lazy("No decision is named"),
    "several_decisions": gettext_lazy("Several decisions are named"),
    "title_withdraws": gettext_lazy("A list of withdrawn certificates"),
    "title_proposes": gettext_lazy("A list of products proposed or registered"),
    "withdrawn_by_title": gettext_lazy("A list of withdrawn certificates"),
    "no_new_rank": gettext_lazy("No rank of the new rating"),
    "another_year": gettext_lazy("Another year than the decision's"),
    "two_ticks": gettext_lazy("Two ranks are ticked"),
    "no_tick": gettext_lazy("No rank is ticked"),
    "no_such_authority": gettext_lazy("5 stars by a local decision"),
    "merged_name": gettext_lazy("Merged into another record"),
    "rank_of_title": gettext_lazy("Rank taken from the title"),
    "never_before": gettext_lazy("Recognised again without a first time"),
    "never_lower": gettext_lazy("Upgraded without a lower rank"),
    "rounded_points": gettext_lazy("Points kept to three decimals"),
    "points_read_as": gettext_lazy("Points written in an unusual form"),
    "other_points": gettext_lazy("Points of another level"),
    "place_unclear": gettext_lazy("Producer and address cannot be told apart"),
    "left_telephone": gettext_lazy("Telephone number not kept"),
    "several_in_cell": gettext_lazy("Several products in one cell"),
    "days_swapped": gettext_lazy("Day and month may be swapped"),
    "merged_lost": gettext_lazy("Merged cells were lost"),
    "outside": gettext_lazy("Outside the plan's area"),
}
LAYOUT: dict[str, Any] = {
    "no_decision": gettext_lazy(
        "Neither the row nor the sheet names the decision with its day. Say which decision it is."
    ),
    "several_decisions": gettext_lazy(
        "Several decisions are named and the row does not say which is its own. Say which one it "
        "is."
    ),
    "title_withdraws": gettext_lazy(
        "The title speaks of withdrawn certificates, so its decision is not the one that "
        "recognised the products. Write the number and the day of the one that did."
    ),
    "title_proposes": gettext_lazy(
        "The title speaks of products that are registered or proposed, so it is not certain that "
        "they were recognised. Say by which decision they were, or do not import the list."
    ),
    "withdrawn_by_title": gettext_lazy(
        "The title speaks of withdrawn certificates. Say whether those in the list are withdrawn, "
        "and from which day on."
    ),
    "no_new_rank": gettext_lazy(
        "The column for the new rating is empty, and the rank before it is not taken in its place. "
        "Fill it in, or take the row out."
    ),
    "another_year": gettext_lazy(
        "The year %(value)s is not that of the decision's day, %(now)s. Correct one of them."
    ),
    "two_ticks": gettext_lazy(
        "Two ranks are ticked: %(cells)s. Leave the tick in one of the cells."
    ),
    "no_tick": gettext_lazy(
        "None of the ranks is ticked, so the product is not rated and there is nothing to record. "
        "Tick one, or take the row out."
    ),
    "no_such_authority": gettext_lazy(
        "The row says 5 stars, but decision %(number)s is the province's or a district's; 5 stars "
        "are recognised by the ministry. Say what is meant."
    ),
    "merged_name": gettext_lazy(
        "“%(value)s” was merged into “%(now)s”, which is taken in its place."
    ),
    "rank_of_title": gettext_lazy(
        "The table has no column for the rank; “%(value)s” was taken from its title."
    ),
    "never_before": gettext_lazy(
        "“%(value)s” says that it was recognised again, but no earlier recognition is on record or "
        "in the file."
    ),
    "never_lower": gettext_lazy(
        "“%(value)s” says that the rank went up, but no lower rank before is on record or in the "
        "file."
    ),
    "rounded_points": gettext_lazy("“%(value)s” is kept as %(now)s, to three decimals."),
    "points_read_as": gettext_lazy("“%(value)s” was read as %(now)s points."),
    "rounds_across_limit": gettext_lazy(
        "“%(value)s” has more than %(places)s decimals, and rounded it would reach another rank. "
        "Write the points as the decision gives them."
    ),
    "no_points": gettext_lazy(
        "“%(value)s” is not one number of points. Write digits with a decimal comma, such as 71,5."
    ),
    "other_points": gettext_lazy(
        "The points given %(level)s (such as %(value)s) are not those of the level that decided; "
        "they went to the note."
    ),
    "place_unclear": gettext_lazy(
        "In “%(value)s” producer and address cannot be told apart for certain. Put a comma before "
        "the address, or the two into columns of their own."
    ),
    "left_telephone": gettext_lazy("The telephone number in “%(value)s” was not kept."),
    "several_in_cell": gettext_lazy(
        "The cell seems to name several products. Say whether each is a record of its own."
    ),
    "days_swapped": gettext_lazy(
        "All dates in %(cells)s have a day up to 12, while the texts of this column do not: Excel "
        "may have swapped day and month. Compare them with the decision."
    ),
    "merged_lost": gettext_lazy(
        "“%(column)s” is empty under a row that has it: merged cells are lost where a table is "
        "saved as CSV or copied. Fill in the cell, or import the .xlsx file it came from."
    ),
    "outside": gettext_lazy(
        "“%(value)s” lies outside the area of the plan. Leave the row out, or correct the place."
    ),
}
