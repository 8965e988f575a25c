"""What holds of every entered record: permissions, content, history, editing, workflow."""

from products.records import (
    changes,
    detail,
    drafts,
    editing,
    later_changes,
    permissions,
    similar,
    workflow,
)
from products.records.changes import ChangeEntry, HistoryRow, RecordChange
from products.records.communes import follow, follow_successions
from products.records.content import Difference, as_plain, content_of, differences, in_words
from products.records.content import label_of as label_of
from products.records.content import set_content as set_content
from products.records.detail import item_of, title_of, url_of
from products.records.districts import Whereabouts, locate, places_to_enter, whereabouts
from products.records.history import (
    create_all,
    create_new,
    create_record,
    delete_all,
    lock_unchanged,
    recreate_all,
    update_all,
    update_record,
)
from products.records.permissions import OPEN_STATUSES
from products.records.proposals import amendments, cancellation, merge_steps, merging
from products.records.selection import named_records, read_whole
from products.records.submission import form_page, opened_version, saved_once, token_for
from products.records.workflow import TRANSITIONS
