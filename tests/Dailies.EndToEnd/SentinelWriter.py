"""Plays a renderer that saves slowly: many sequences, frames in random order, some torn first and completed last.

<folder> <sequences> <frames> <seed>. One JSON line per sequence when its last frame is whole:
{"prefix": "...", "frames": 25, "torn": true, "done": <ns>, "gap": <longest pause between two writes, s>}
"""

import json
import os
import random
import struct
import sys
import time
import zlib

folder, count, frames, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
dice = random.Random(seed)
FORMATS = ("{0}_{1:05}_.png", "{0}-{1:05}.png", "{0}.{1:05}.png", "{0}{1:05}.png")
AT_ONCE = 8
TORN_FOR = 2.5  # seconds: far beyond the sentinel's stable span


def png(shade):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([shade] * 48) for _ in range(16))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Sequence:
    def __init__(self, number):
        subfolder = ("", "shots", f"night/{number % 3}")[number % 3]
        self.name = f"take-{number:03}x"
        self.prefix = os.path.join(folder, subfolder, self.name)
        os.makedirs(os.path.dirname(self.prefix), exist_ok=True)
        self.format = FORMATS[number % len(FORMATS)]
        self.left = list(range(1, frames + 1))
        dice.shuffle(self.left)
        self.tears = number % 2 == 1
        self.torn = [self.left.pop() for _ in range(2)] if self.tears else []
        self.hold = None
        self.last, self.gap = None, 0.0
        for frame in self.torn:
            self.write(frame, whole=False)

    def write(self, frame, whole=True):
        content = png(frame)
        with open(os.path.join(os.path.dirname(self.prefix), self.format.format(self.name, frame)), "wb") as file:
            file.write(content if whole else content[: dice.randrange(0, len(content) - 12)])
        now = time.monotonic()
        self.gap = max(self.gap, now - self.last if self.last is not None else 0)
        self.last = now

    def step(self):
        """One write; True when the sequence is whole."""
        if self.left:
            self.write(self.left.pop())
            self.hold = time.monotonic() + TORN_FOR
        elif self.torn and time.monotonic() >= self.hold:
            self.write(self.torn.pop())
        return not self.left and not self.torn


waiting = []
numbers = list(range(count))
dice.shuffle(numbers)
while numbers or waiting:
    # Torn ones that only wait for their end take no place.
    while numbers and sum(1 for s in waiting if s.left) < AT_ONCE:
        waiting.append(Sequence(numbers.pop()))
    busy = [s for s in waiting if s.left] or waiting
    ready = [s for s in waiting if not s.left and time.monotonic() >= s.hold]
    # At random, but nobody pauses for long.
    now = time.monotonic()
    late = [s for s in busy if s.left and s.last is not None and now - s.last > 0.2]
    chosen = dice.choice(ready or late or busy)
    if chosen.step():
        waiting.remove(chosen)
        print(json.dumps({"prefix": chosen.prefix, "frames": frames, "torn": chosen.tears, "done": time.time_ns(), "gap": round(chosen.gap, 3)}), flush=True)
    time.sleep(0.002 if any(s.left for s in waiting) else 0.02)
