"""Products registered before their first rating."""

from products.entry.registrations import services
from products.entry.registrations.services import before_rating
