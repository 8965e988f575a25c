"""What rows and cells of offices' lists say, before any record is looked for."""

from products.datasets.cells.ip_cells import is_usual_number
from products.datasets.cells.ip_links import resolve_covered, resolve_tasks
from products.datasets.cells.ip_reading import ReadsRights, resolve_owners_place
from products.datasets.cells.listing_rows import PlaceColumns
from products.datasets.cells.place_reading import check_floors, check_systems
from products.datasets.cells.places_of_listings import PLACE, ReadsPlaces
