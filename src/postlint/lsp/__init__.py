"""A Language Server in two processes: one speaks to the editor, and a worker reads posts and sites.

The worker may be slow, or fail because of a site's own rules, and typing goes on. Source of the protocol: its
specification, 3.17.
"""


def serve(isolated: bool) -> None:
    """Speak the protocol on standard input and output until the client ends it. Raises ModuleNotFoundError if the
    library for it is not installed."""
    from postlint.lsp.worker_process import WorkerProcess

    # It loads the rules while this process loads the library, which takes as long.
    worker = WorkerProcess()
    try:
        from postlint.lsp.server import speak

        speak(isolated, worker)
    finally:
        worker.stop()
