"""Static files under names that carry their content's hash, compressed beforehand."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Leaves `sourceMappingURL` lines as they are.

    The vendored files are unmodified and name their source maps, which are not shipped (1.6 MB);
    Django would refuse to collect a file that names one it cannot find.
    """

    patterns = tuple(
        (files, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
        for files, rules in CompressedManifestStaticFilesStorage.patterns
    )
