"""How offices write the headers of their lists: data, one table a dataset."""

from products.datasets.headers.listings import (
    COMMON,
    ECOMMERCE,
    FLOORS_ABOVE,
    OF_A_PLACE,
    SYSTEMS_ABOVE,
    TOO_GENERAL,
    TRACEABILITY,
    UNDER_A_PLACE,
)
from products.datasets.headers.recognitions import RECOGNITIONS
from products.datasets.headers.rights import (
    CODES,
    IP_RIGHTS,
    MARK_CODES,
    NUMBERS_WITH_DAYS,
    SCIENCE_TASKS,
)
