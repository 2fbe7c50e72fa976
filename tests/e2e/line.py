"""The connection between a page and Home Assistant, to be cut and to be spoken into."""

import re
from collections.abc import Callable
from typing import Final

from playwright.sync_api import Page, WebSocketRoute

_SOCKET: Final = re.compile("/api/websocket$")


class Line:
    """The websockets of one page, from the next one on that it opens.

    Attributes:
        change: what becomes of a message of the page on its way to Home Assistant.
    """

    def __init__(self, page: Page) -> None:
        """Listen in."""
        self.change: Callable[[str], str] = str
        self._cut = False
        self._open: list[WebSocketRoute] = []
        page.route_web_socket(_SOCKET, self._on_opened)

    def _on_opened(self, socket: WebSocketRoute) -> None:
        if self._cut:
            socket.close(code=1001)
            return
        server = socket.connect_to_server()
        socket.on_message(lambda message: server.send(self.change(str(message))))
        self._open.append(socket)

    def cut(self) -> None:
        """Cut every connection, and let none be made."""
        self._cut = True
        while self._open:
            self._open.pop().close(code=1001)

    def mend(self) -> None:
        """Let connections be made again."""
        self._cut = False
