"""Activities that carry the plan."""

from targets.committee.activities import services
