from products.models.catalogue import ProductGroup, ProductSet
from products.models.entered import EnteredRecord
from products.models.intellectual_property import IPRight
from products.models.listings import EcommerceFloor, FloorListing, TraceabilityEnrolment
from products.models.producers import Producer
from products.models.product import Product
from products.models.ratings import Rating, RatingScore, RatingSheet
from products.models.recognitions import Recognition
from products.models.schemes import Criterion, ScoringScheme, ScoringSheet
from products.models.science import ScienceTask

__all__ = [
    "Criterion",
    "EcommerceFloor",
    "EnteredRecord",
    "FloorListing",
    "IPRight",
    "Producer",
    "Product",
    "ProductGroup",
    "ProductSet",
    "Rating",
    "RatingScore",
    "RatingSheet",
    "Recognition",
    "ScienceTask",
    "ScoringScheme",
    "ScoringSheet",
    "TraceabilityEnrolment",
]
