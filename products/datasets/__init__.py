"""The datasets of this app: how the columns of a workbook become its records."""

from products.datasets.ip_rights import IPRights
from products.datasets.listings import Ecommerce, Traceability
from products.datasets.recognitions import Recognitions
from products.datasets.science_tasks import ScienceTasks

__all__ = ["Ecommerce", "IPRights", "Recognitions", "ScienceTasks", "Traceability"]

from products.datasets.base import PROVINCIAL, EnteredResource
from products.datasets.places import district_names, resolve_place
