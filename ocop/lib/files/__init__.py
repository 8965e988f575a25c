"""Files people hand in to be kept and looked at: what they are, pictures of their pages."""

from ocop.lib.files import child
from ocop.lib.files.refusal import JPEG, MAX_FILE_SIZE, MAX_PAGES, PDF, PNG, WEBP
