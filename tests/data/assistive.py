"""What a person with a screen reader does in a popup, through the real AT-SPI.

assistive.py WHAT PROGRAM [ARGUMENT...]: starts the registry and the popup, looks for its controls
by their names and roles, uses them, and prints "done".
"""

import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

PATIENCE = 30


def registry():
    launcher = "/usr/libexec/at-spi-bus-launcher"
    process = subprocess.Popen([launcher, "--launch-immediately"])
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            bus.call_sync(
                "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
                GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True))),
                None, Gio.DBusCallFlags.NONE, 1000, None)
            return process
        except GLib.Error:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def everything(node):
    try:
        yield node
        for number in range(node.get_child_count()):
            child = node.get_child_at_index(number)
            if child is not None:
                yield from everything(child)
    except GLib.Error:
        # It went away while it was looked at.
        return


def windows():
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(number)
        if application is not None and "barpop" in (application.get_name() or ""):
            # What a control can do is remembered over here, and changes over there.
            application.clear_cache()
            yield application


def tree():
    return [
        (node, node.get_role_name(), node.get_name() or "")
        for application in windows()
        for node in everything(application)
    ]


def find(role, words):
    """The first control of that role whose name has these words."""
    until = time.monotonic() + PATIENCE
    seen = []
    while time.monotonic() < until:
        try:
            seen = tree()
        except GLib.Error:
            seen = []
        for node, kind, name in seen:
            if kind == role and words in name:
                return node
        time.sleep(0.1)
    for _, kind, name in seen:
        print(f"  {kind}: {name}")
    sys.exit(f"no {role} '{words}'")


def click(role, words):
    """Clicks it once that is possible: what is greyed out has no actions."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        node = find(role, words)
        node.clear_cache()
        action = node.get_action_iface()
        if action is not None:
            names = [action.get_action_name(n) for n in range(action.get_n_actions())]
            if "click" in names:
                action.do_action(names.index("click"))
                return
        time.sleep(0.1)
    sys.exit(f"{role} '{words}' cannot be clicked")


def write(role, words, text):
    """Writes into a field, and again where the window was about to change just then."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        node = find(role, words)
        node.get_editable_text_iface().set_text_contents(text)
        for _ in range(20):
            time.sleep(0.1)
            node.clear_cache()
            found = Atspi.Text.get_text(node, 0, -1)
            if found == text:
                return
    sys.exit(f"{role} '{words}' has '{found}' and not '{text}'")


def messages():
    """Chooses a conversation, writes into it and sends; what is sent is in the list then."""
    click("list item", "Are you still coming?")
    find("heading", "+4915550123")
    find("push button", "New message")
    find("list box", "Conversations")
    write("entry", "Message to +4915550123", "on my way")
    click("push button", "Send")
    find("list item", "on my way")


def networks():
    """Joins an open network and looks whether the header says so."""
    find("heading", "Connected to Meisenweg 12")
    for role, name in [
        ("toggle button", "Wi-Fi"),
        ("entry", "Filter networks"),
        ("list box", "Networks"),
        ("toggle button", "Airplane mode"),
        ("push button", "Keys"),
    ]:
        find(role, name)
    click("list item", "Freifunk")
    find("heading", "Connected to Freifunk")


what, *command = sys.argv[1:]
started = registry()
popup = subprocess.Popen(command)
try:
    {"messages": messages, "networks": networks}[what]()
    print("done")
finally:
    popup.terminate()
    popup.wait()
    started.terminate()
