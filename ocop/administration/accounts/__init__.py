"""Accounts: invited by a one-time link, given roles with a history, never locked out altogether."""

from ocop.administration.accounts.checks import membership_problems
from ocop.administration.accounts.forms import AccountChangeForm, InvitationForm, MembershipForm
from ocop.administration.accounts.links import SentLink, send_link
from ocop.administration.accounts.services import (
    LAST_ADMINISTRATOR,
    note,
    note_membership,
    somebody_administers,
)
