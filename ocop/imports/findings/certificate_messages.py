"""What findings say of a certificate's end, its prolongation and its revocation."""

from django.utils.translation import gettext_lazy

CERTIFICATES = {
    "certificate_end": gettext_lazy(
        "“%(value)s” is not the last day that follows from the decision: the certificate runs to "
        "%(end)s. The day in the file is not kept."
    ),
    "prolonged_without_paper": gettext_lazy(
        "A certificate is prolonged by a paper: give its number, its day and the new last day."
    ),
    "prolonged_to_no_later_day": gettext_lazy(
        "The certificate runs until %(end)s anyway: the new last day lies after it."
    ),
    "prolonged_too_long": gettext_lazy(
        "A certificate is prolonged by at most %(days)s days past its end of %(end)s."
    ),
    "revoked_before_decision": gettext_lazy("A recognition is not revoked before it is decided."),
    "revocation_no_reason": gettext_lazy("Say why the recognition was revoked."),
    "revocation_no_day": gettext_lazy("Give the day of the revocation, or take its reason out."),
}
