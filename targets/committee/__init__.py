"""The steering committee's own work."""

from targets.committee.reference import load_committee, load_documents, load_meetings, set_once
