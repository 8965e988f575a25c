"""The members of the steering committee by date."""

from targets.committee.members.services import head_at
