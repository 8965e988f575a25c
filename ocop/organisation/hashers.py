"""Password hashing within the memory of a small server."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class BoundedArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB a sign-in instead of 100 MiB, so that a rush of sign-ins fits.

    Two passes over 19 MiB on one lane is the smaller of the profiles that OWASP's password
    storage guidance lists as equal in strength.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
