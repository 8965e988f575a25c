"""Traceability systems and e-commerce floors: known by what people write, proposed, decided."""

from products.channels.decisions import (
    ChannelOvertaken,
    change_counted,
    confirm,
    edit,
    enter,
    listing_model,
    merge,
    records_in,
    rename,
)
from products.channels.import_cells import channel_key, resolve_channels, with_proposals
from products.channels.known import KnownChannels
from products.channels.proposals import free_code, proposal_values, propose
