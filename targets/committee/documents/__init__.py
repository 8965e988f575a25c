"""Documents on record, and the opinions on those that are drafts."""

from targets.committee.documents import services
