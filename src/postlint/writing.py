"""Writing a post back: through a temporary file in the same folder and a rename, mode kept."""

import os
import stat

from postlint.errors import PostlintError


def replace(path: str, data: bytes, expected: bytes) -> None:
    """Make `data` the content of `path`, wholly or not at all, where it still is `expected`.

    The mode is kept; a symbolic link is followed and stays. Raises PostlintError where the file was changed meanwhile
    or cannot be written.
    """
    import tempfile

    target = os.path.realpath(path)
    temporary = None
    try:
        with open(target, "rb") as file:
            if file.read() != expected:
                raise PostlintError(f"{path}: was changed while it was checked; left as it is")
        if not os.access(target, os.W_OK):
            raise PostlintError(f"{path}: is read-only; not fixed")
        mode = stat.S_IMODE(os.stat(target).st_mode)
        descriptor, temporary = tempfile.mkstemp(prefix=".postlint-", dir=os.path.dirname(target))
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        os.chmod(temporary, mode)
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise PostlintError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        if temporary:
            os.unlink(temporary)
