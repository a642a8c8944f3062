"""Two plugins: one logs requests to the API server, one logs that a controller started."""

import json
import os
import time
from typing import Any, Optional

from sky.server.plugins import BasePlugin


class AuditLog:
    """Appends one JSON object per line and never fails its caller."""

    def __init__(self, path: str) -> None:
        self._path = os.path.expanduser(path)

    def write(self, **fields: Any) -> None:
        line = json.dumps({"time": time.time(), **fields})
        try:
            with open(self._path, "a", encoding="utf-8") as log:
                log.write(line + "\n")
        except OSError:
            # A full disk must not take the API server down.
            pass


class AuditMiddleware:
    """Plain ASGI middleware: looks at the request line only, so streams pass untouched."""

    def __init__(self, app: Any, log: AuditLog, include_reads: bool) -> None:
        self._app = app
        self._log = log
        self._include_reads = include_reads

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and (self._include_reads or scope["method"] not in ("GET", "HEAD")):
            self._log.write(method=scope["method"], path=scope["path"])
        await self._app(scope, receive, send)


class AuditPlugin(BasePlugin):
    """Logs requests that change something; all of them with include_reads."""

    def __init__(self, log_path: str, include_reads: bool = False) -> None:
        # Every server process builds an instance, so the constructor only remembers.
        self._log = AuditLog(log_path)
        self._include_reads = include_reads

    @property
    def name(self) -> Optional[str]:
        return "example-audit"

    @property
    def version(self) -> Optional[str]:
        return "0.1.0"

    def install(self, extension_context: Any) -> None:
        app = extension_context.app
        if app is None:
            # Not a web process: nothing to listen to.
            return
        app.add_middleware(AuditMiddleware, log=self._log, include_reads=self._include_reads)


class ControllerAuditPlugin(BasePlugin):
    """Notes on a jobs or serve controller that its SkyPilot runtime has loaded plugins."""

    def __init__(self, log_path: str) -> None:
        self._log = AuditLog(log_path)

    def install(self, extension_context: Any) -> None:
        self._log.write(event="plugins loaded", pid=os.getpid())
