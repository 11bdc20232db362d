"""A headless Chromium, spoken to over two pipes in its own protocol: no driver, no port, no package.

    with Browser() as browser:
        page = browser.open("report.html")
        page.click("button.tuple")
        assert page.evaluate("document.title") == "…"
        assert page.complaints == []
"""

import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"]


def find():
    """The path of a Chromium, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """The process. Messages are JSON, each ended by a NUL byte; it reads from descriptor 3 and writes to 4."""

    def __init__(self, width=1280, height=900):
        self.size = (width, height)
        self.number = 0
        self.events = []
        self.buffer = b""

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory()
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()

        def arrange():
            # Through high numbers, so that neither pipe is closed by the other's move.
            read, write = os.dup2(to_browser, 63), os.dup2(from_browser, 64)
            os.dup2(read, 3)
            os.dup2(write, 4)

        command = [
            find(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--remote-debugging-pipe", f"--user-data-dir={self.profile.name}",
            f"--window-size={self.size[0]},{self.size[1]}", "about:blank",
        ]
        self.process = subprocess.Popen(
            command, preexec_fn=arrange, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.input)
        os.close(self.output)
        for _ in range(20):
            try:
                return self.profile.cleanup()
            except OSError:  # a child of the browser may still be writing
                time.sleep(0.1)

    def call(self, method, session=None, **parameters):
        """What the browser answers to a command; events that come first are kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        wanted = self.number
        deadline = time.monotonic() + 300
        while True:
            message = self.receive(deadline - time.monotonic())
            if message.get("id") == wanted:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    def receive(self, patience):
        while b"\0" not in self.buffer:
            if not select.select([self.input], [], [], max(patience, 0))[0]:
                raise TimeoutError("the browser does not answer")
            chunk = os.read(self.input, 1 << 16)
            if not chunk:
                raise RuntimeError("the browser has ended")
            self.buffer += chunk
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def open(self, path, fragment="", dark=False):
        """The page at a path of the disk, once it is loaded."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session, target)
        for domain in ["Page", "Runtime", "Log", "Network"]:
            page.call(f"{domain}.enable")
        page.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        page.call("Page.navigate", url=pathlib.Path(path).resolve().as_uri() + fragment)
        page.wait("document.readyState === 'complete' && location.protocol === 'file:'")
        return page


class Page:
    """A page, and what a person does with it."""

    def __init__(self, browser, session, target):
        self.browser = browser
        self.session = session
        self.target = target

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def evaluate(self, expression):
        """The value of a JavaScript expression."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression, patience=300):
        """Waits until an expression is true."""
        deadline = time.monotonic() + patience
        while not self.evaluate(expression):
            if time.monotonic() > deadline:
                raise TimeoutError(f"never true: {expression}")
            time.sleep(0.02)

    def text(self, selector):
        """The text of the first element that the selector finds, as it is shown."""
        return self.evaluate(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''")

    def click(self, selector, button="left"):
        """Clicks with the mouse in the middle of the first element that the selector finds."""
        box = self.evaluate(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); if (!e) return null;"
            " e.scrollIntoView({block: 'center', inline: 'center'}); const r = e.getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        if box is None:
            raise LookupError(f"there is no {selector}")
        for kind in ["mousePressed", "mouseReleased"]:
            self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button=button, clickCount=1)

    def press(self, key):
        """Presses a key, where the focus is."""
        text = {"text": key} if len(key) == 1 else {}
        codes = {"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Escape": 27, "Tab": 9, "Enter": 13}
        code = codes.get(key, ord(key[0].upper()))
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def resize(self, width, height):
        self.call("Page.bringToFront")  # what lies behind is not laid out anew
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, path, whole=False):
        answer = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        pathlib.Path(path).write_bytes(base64.b64decode(answer["data"]))

    @property
    def complaints(self):
        """What the browser had to say against the page: exceptions, errors and warnings, violations of its policy."""
        self.evaluate("0")
        found = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            parameters = event["params"]
            if event["method"] == "Runtime.exceptionThrown":
                found.append(parameters["exceptionDetails"].get("exception", {}).get("description", "exception"))
            elif event["method"] == "Runtime.consoleAPICalled":
                found.append(f"console.{parameters['type']}")
            elif event["method"] == "Log.entryAdded":
                found.append(parameters["entry"]["text"])
        return found

    @property
    def requests(self):
        """The addresses that the page asked for, beside its own."""
        self.evaluate("0")
        urls = [event["params"]["request"]["url"] for event in self.browser.events
                if event.get("sessionId") == self.session and event["method"] == "Network.requestWillBeSent"]
        return urls[1:]
