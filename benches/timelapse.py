"""The loop that people write: take a picture, sleep for the interval. Prints when it took them,
microseconds since the first, a line each: timelapse.py PERIOD_MS COUNT"""
import sys
import time

period, count = float(sys.argv[1]) / 1000, int(sys.argv[2])
shots = []
for _ in range(count):
    shots.append(time.monotonic())  # open
    time.sleep(0.01)
    # close
    time.sleep(period - 0.01)
print("\n".join(str(round((at - shots[0]) * 1e6)) for at in shots))
