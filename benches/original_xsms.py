"""A stand-in for the original xsms 0.6, to measure against.

The original (https://github.com/smcl/xsms with https://github.com/smcl/py-em73xx) needs
Python 2. This does what it does when a bar runs it, in the same order and with the same waits,
in Python 3:

* imports pyserial, argparse, json and, as the original does even without -g, Tkinter;
* reads the whole ~/.xsms/inbox.json;
* with -d opens the port with 460800 baud and a read timeout of 1 s, writes AT+CMGF=1 without
  waiting for its answer; with -p asks AT+CPIN? and reads until 1 s of silence, and writes
  AT+CPIN="..." unless READY was in the answer;
* writes AT+CMGL="ALL" and reads until 1 s of silence: the original knows no final result code;
* with new messages: rewrites inbox.json and writes AT+CMGD=1,4 without waiting for its answer;
* prints the number of messages that are not read, printf-style.

There are no further sleeps on this path in the original. Left out: the window (-g), sending,
the outbox, positions (AT+XLCSLSR), and debug output. Written anew, not copied.
"""

import argparse
import json
import os
import tkinter  # noqa: F401
from datetime import datetime

import serial


class Modem:
    def __init__(self, port, pin):
        self.serial = serial.Serial(port, 460800, timeout=1)
        self.say("AT+CMGF=1")
        if pin:
            self.say("AT+CPIN?")
            if not any("READY" in line for line in self.hear()):
                self.say('AT+CPIN="%s"' % pin)

    def say(self, command):
        self.serial.write((command + "\r\n").encode())

    def hear(self):
        return [line.decode("latin-1") for line in self.serial.readlines()]

    def messages(self):
        self.say('AT+CMGL="ALL"')
        lines = [line for line in self.hear() if line.strip() not in ("", "OK")]
        return [message(head, body) for head, body in zip(lines[::2], lines[1::2])]

    def delete_all(self):
        self.say("AT+CMGD=1,4")


def message(head, body):
    number, status, sender, _, date, time = head.split(",")
    received = datetime.strptime(date.strip('"') + " " + time.strip()[:8], "%y/%m/%d %H:%M:%S")
    return {
        "sms_id": int(number.replace("+CMGL: ", "")),
        "status": status.strip('"'),
        "sender": sender.strip('"'),
        "date_received": received.isoformat(),
        "message": body.strip(),
        "read": False,
    }


def inbox_path():
    folder = os.path.join(os.path.expanduser("~"), ".xsms")
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, "inbox.json")


def read_inbox(path):
    if not os.path.exists(path):
        return []
    with open(path) as file:
        return json.load(file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-d", "--device")
    parser.add_argument("-p", "--pin", default="")
    parser.add_argument("-r", "--read_format", default="(empty)")
    parser.add_argument("-u", "--unread_format", default="%d")
    arguments = parser.parse_args()

    modem = Modem(arguments.device, arguments.pin) if arguments.device else None
    path = inbox_path()
    messages = read_inbox(path)
    if modem:
        new = modem.messages()
        messages += new
        if new:
            with open(path, "w") as file:
                file.write(json.dumps(messages))
            modem.delete_all()
    unread = sum(not each["read"] for each in messages)
    print(arguments.unread_format % unread if unread else arguments.read_format)


if __name__ == "__main__":
    main()
