# SPDX-License-Identifier: GPL-3.0-or-later
"""A headless Chromium over the DevTools protocol, with the standard library only.

    with Chromium() as browser:
        browser.open("file:///...")
        browser.evaluate("1 + 1")

Commands and events go through a pipe, as JSON with a null byte behind each. Every request that the
browser makes, and everything that its console says, is kept for the test to judge.
"""
import base64
import json
import os
import select
import subprocess
import tempfile
import time

HANG_SECONDS = 60  # a bound against hanging, not a measure


class Chromium:
    def __init__(self, *switches):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_browser, self.writer = os.pipe()
        self.reader, from_browser = os.pipe()

        def connect():  # the browser reads commands from 3 and writes answers to 4
            first, second = os.dup(to_browser), os.dup(from_browser)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--mute-audio",
             "--autoplay-policy=no-user-gesture-required",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-pipe",
             "--user-data-dir=" + self.profile.name, *switches, "about:blank"],
            preexec_fn=connect, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.number = 0
        self.buffer = b""
        self.session = None
        self.requests = []  # addresses
        self.console = []  # what was said, and exceptions
        self.loaded = False
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page["targetId"],
                                 flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "Accessibility", "DOM"):
            self.call(domain + ".enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.writer)
        os.close(self.reader)
        self.profile.cleanup()

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.writer, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                return answer["result"]

    def receive(self):
        deadline = time.monotonic() + HANG_SECONDS
        while b"\0" not in self.buffer:
            if not select.select([self.reader], [], [], deadline - time.monotonic())[0]:
                raise AssertionError("the browser does not answer")
            part = os.read(self.reader, 1 << 20)
            if not part:
                raise AssertionError("the browser is gone")
            self.buffer += part
        line, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(line)
        self.note(message)
        return message

    def note(self, message):
        method, parameters = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif method == "Runtime.consoleAPICalled":
            self.console.append(str(parameters["args"]))
        elif method == "Runtime.exceptionThrown":
            self.console.append(str(parameters["exceptionDetails"]))
        elif method == "Log.entryAdded":
            self.console.append(parameters["entry"]["text"])
        elif method == "Page.loadEventFired":
            self.loaded = True

    def open(self, address):
        self.loaded = False
        if "errorText" in self.call("Page.navigate", url=address):
            raise AssertionError(f"{address} cannot be opened")
        while not self.loaded:
            self.receive()

    def evaluate(self, expression):
        """The value of an expression; a promise is waited for."""
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True,
                           returnByValue=True, userGesture=True)
        if "exceptionDetails" in result:
            raise AssertionError(result["exceptionDetails"])
        return result["result"].get("value")

    def until(self, expression):
        """Wait until the expression is true."""
        deadline = time.monotonic() + HANG_SECONDS
        while not self.evaluate(expression):
            if time.monotonic() > deadline:
                raise AssertionError(f"it never came true: {expression}")
            time.sleep(0.02)

    def key(self, key, code, text=""):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=code, text=text,
                      windowsVirtualKeyCode={"Tab": 9, "Enter": 13, " ": 32, "ArrowRight": 39}[key])

    def mouse(self, kind, x, y):
        """"Pressed", "Moved" (with the left button held) or "Released"."""
        self.call("Input.dispatchMouseEvent", type="mouse" + kind, x=x, y=y, button="left",
                  buttons=0 if kind == "Released" else 1, clickCount=1)

    def click(self, x, y):
        self.mouse("Pressed", x, y)
        self.mouse("Released", x, y)

    def screenshot(self, path):
        picture = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))
