"""What lies ahead: stock, shares, notices, the pace that is required."""

from targets.forecast import notices, projection
from targets.forecast.notices import Month
from targets.forecast.projection import Projection, ShareProjection
from targets.forecast.wording import part_percent, part_products
