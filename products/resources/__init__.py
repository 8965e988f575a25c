"""The datasets of this app: how the columns of a workbook become its records."""

from products.resources.intellectual_property import IPRights
from products.resources.listings import Ecommerce, Traceability
from products.resources.recognitions import Recognitions
from products.resources.science import ScienceTasks

__all__ = ["Ecommerce", "IPRights", "Recognitions", "ScienceTasks", "Traceability"]
