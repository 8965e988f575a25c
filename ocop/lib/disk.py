"""Why a file or folder cannot be used, in words: the system's own reasons are in English."""

import errno
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REASONS: dict[int, Any] = {
    errno.ENOENT: gettext_lazy("there is no such folder"),
    errno.ENOTDIR: gettext_lazy("a file stands where a folder is needed"),
    errno.EEXIST: gettext_lazy("a file stands where a folder is needed"),
    errno.EISDIR: gettext_lazy("a folder of that name stands there"),
    errno.EACCES: gettext_lazy("writing there is not permitted"),
    errno.EPERM: gettext_lazy("writing there is not permitted"),
    errno.EROFS: gettext_lazy("the disk can only be read"),
    errno.ENOSPC: gettext_lazy("the disk is full"),
    errno.EDQUOT: gettext_lazy("the disk is full"),
    errno.ENAMETOOLONG: gettext_lazy("the name is too long"),
}


def describe_os_error(error: OSError) -> str:
    """The reason for the middle of a sentence, without a full stop."""
    if error.errno in REASONS:
        return str(REASONS[error.errno])
    return _("the system refuses it (error %(number)s)") % {"number": error.errno or "?"}
