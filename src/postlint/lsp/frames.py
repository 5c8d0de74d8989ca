"""Messages between the server and its worker: JSON, with the number of its bytes before it."""

import json
from typing import IO, Any

_SIZE = 8

Message = dict[str, Any]
"""A notification has a `method`, a request an `id`, too; a response has an `id` and a `result`."""


def write(stream: IO[bytes], message: Message) -> None:
    """Raises OSError if nobody reads."""
    data = json.dumps(message).encode()
    stream.write(len(data).to_bytes(_SIZE) + data)
    stream.flush()


def read(stream: IO[bytes]) -> Message | None:
    """The next message; None if there are no more."""
    size = stream.read(_SIZE)
    data = stream.read(int.from_bytes(size)) if len(size) == _SIZE else b""
    if not data:
        return None
    message: Message = json.loads(data)
    return message
