from products.models.amendments import Amendment
from products.models.catalogue import ProductGroup, ProductSet
from products.models.channels import Channel, EcommerceFloor, TraceabilitySystem
from products.models.doubles import NotDouble
from products.models.entered import EnteredRecord
from products.models.evidence import Evidence
from products.models.form_drafts import FormDraft, SavedForm
from products.models.intellectual_property import IPRight
from products.models.listings import MAX_URL_LENGTH, FloorListing, TraceabilityEnrolment
from products.models.producers import Producer
from products.models.product import Product, ProductRegistration
from products.models.ratings import Rating
from products.models.recognitions import Recognition
from products.models.schemes import Criterion, LevelMeaning, ScoringScheme, ScoringSheet
from products.models.science import ScienceTask
from products.models.validity import FirstRecognition, ValiditySpan

__all__ = [
    *("MAX_URL_LENGTH", "Amendment", "Channel", "Criterion", "EcommerceFloor", "EnteredRecord"),
    *("Evidence", "FirstRecognition", "FloorListing", "FormDraft", "IPRight", "LevelMeaning"),
    *("NotDouble", "Producer", "Product", "ProductGroup", "ProductRegistration", "ProductSet"),
    *("Rating", "Recognition", "SavedForm"),
    *("ScienceTask", "ScoringScheme", "ScoringSheet", "TraceabilityEnrolment"),
    "TraceabilitySystem",
    "ValiditySpan",
]
