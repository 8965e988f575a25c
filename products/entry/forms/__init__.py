"""One form for each kind of record. They check and give values, and save nothing."""

from products.entry.forms.base import RecordForm, typed
from products.entry.forms.fields import DayField, ErrorSummary, NumberField
from products.entry.forms.listing import EnrolmentForm, FloorListingForm, SeveralForm
from products.entry.forms.places import AreaFields, PlacedForm
from products.entry.forms.product import ProducerForm, ProductForm
from products.entry.forms.recognition import RatingForm, RecognitionForm
from products.entry.forms.rights import IPRightForm, ScienceTaskForm
