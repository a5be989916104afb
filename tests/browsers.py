"""A browser without a window, driven over a pipe: what a page shows, and what it asks the network for."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import time
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--mute-audio", "--lang=en-US", "--remote-debugging-pipe",
)  # fmt: skip
PATIENCE = 60


def found() -> str | None:
    """The path of a browser, None where none is installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """One tab of a browser, of which every request, message and error is kept."""

    def __init__(self, program: str, profile: Path) -> None:
        (theirs_in, ours_out), (ours_in, theirs_out) = (_pipe(), _pipe())
        self._in, self._out = ours_in, ours_out
        # Chromium reads commands from 3 and writes answers to 4.
        self.pid = os.posix_spawn(
            program,
            [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            {**os.environ, "LANG": "en_US.UTF-8"},
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_DUP2, theirs_in, 3),
                (os.POSIX_SPAWN_DUP2, theirs_out, 4),
            ],
            setpgroup=0,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._number, self._rest, self._events = 0, b"", []
        self._session = ""
        page = next(t for t in self.send("Target.getTargets")["targetInfos"] if t["type"] == "page")
        attached = self.send("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        self.send("Network.emulateNetworkConditions", offline=True, latency=0,
                  downloadThroughput=-1, uploadThroughput=-1)  # fmt: skip

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Give a command and return its answer."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": params}
        if self._session:
            command["sessionId"] = self._session
        os.write(self._out, json.dumps(command).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self._number:
                assert "error" not in message, message
                return dict(message["result"])

    def _message(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(until - time.monotonic(), 0))
            more = os.read(self._in, 1 << 20) if ready else b""
            assert more, "the browser says nothing"
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if "method" in message:
            self._events.append(message)
        return message

    def open(self, file: Path, fragment: str = "") -> None:
        """Open a page of this machine and wait until it is ready."""
        self._events.clear()
        self.send("Page.navigate", url="about:blank")
        self._events.clear()
        self.send("Page.navigate", url=file.as_uri() + fragment)
        until = time.monotonic() + PATIENCE
        while self.run("document.documentElement?.dataset.ready || ''") != "yes":
            assert time.monotonic() < until, self.complaints
            assert not self.complaints
            time.sleep(0.02)

    def run(self, expression: str) -> Any:
        """Return the value of an expression in the page."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def key(self, key: str) -> None:
        """Press a key and let it go."""
        code = {"Enter": 13, "Escape": 27, "ArrowRight": 39, "Tab": 9}.get(key, 0)
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        for way in ("keyDown", "keyUp"):
            more = {"text": text} if text and way == "keyDown" else {}
            self.send(
                "Input.dispatchKeyEvent", type=way, key=key, windowsVirtualKeyCode=code, **more
            )

    def click(self, x: float, y: float) -> None:
        """Press the left button of the mouse at a point of the window and let it go."""
        for way in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=way, x=x, y=y, button="left", clickCount=1)

    def media(self, kind: str = "", **features: str) -> None:
        """Show the page as printed, or as people like it: `prefers_color_scheme="dark"`."""
        wanted = [{"name": k.replace("_", "-"), "value": v} for k, v in features.items()]
        self.send("Emulation.setEmulatedMedia", media=kind, features=wanted)

    def size(self, width: int, height: int) -> None:
        """Set the size of the window."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)  # fmt: skip

    def picture(self) -> bytes:
        """Return the window as PNG."""
        return base64.b64decode(self.send("Page.captureScreenshot")["data"])

    @property
    def requests(self) -> list[str]:
        """The addresses that the page asked for, itself included."""
        asked = [e for e in self._events if e["method"] == "Network.requestWillBeSent"]
        return [e["params"]["request"]["url"] for e in asked]

    @property
    def complaints(self) -> list[Any]:
        """What the browser complained of: errors of the script, of the policy, of anything."""
        wrong = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")
        return [e["params"] for e in self._events if e["method"] in wrong]

    def close(self) -> None:
        """End the browser."""
        os.close(self._out)
        os.close(self._in)
        until = time.monotonic() + 10
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > until:
                os.killpg(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                return
            time.sleep(0.02)


def _pipe() -> tuple[int, int]:
    """Two ends of a pipe, with numbers that are not those which the browser will use."""
    ends = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    for end in ends:
        os.close(end)
    return high[0], high[1]
