"""What is proposed to become of verified records: a change, a cancellation, a merge, and back."""

from products.records.proposals import amendments, cancellation, merge_steps, merging
from products.records.proposals.applying import apply, blocking_reason
from products.records.proposals.refusal import ProposalOvertaken, ProposalRefused
