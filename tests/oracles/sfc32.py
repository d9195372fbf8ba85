"""First values of src/core/rng.ts, computed without it: sfc32 (PractRand, C. Doty-Humphrey) seeded by SHA-256.

Prints the values frozen in tests/core/rng_test.ts. Needs the standard library alone.
"""
import hashlib
import json

MASK = 0xFFFFFFFF


def sfc32(path):
    digest = hashlib.sha256(json.dumps(path, separators=(",", ":")).encode()).digest()
    a, b, c, counter = (int.from_bytes(digest[i : i + 4], "little") for i in (0, 4, 8, 12))
    drawn = 0
    while True:
        out = (a + b + counter) & MASK
        counter = (counter + 1) & MASK
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & MASK
        c = ((c << 21) | (c >> 11)) & MASK
        c = (c + out) & MASK
        drawn += 1
        if drawn > 12:  # rounds of warm-up
            yield out


for path in (["design", 7, 0], ["design", 7, 1], []):
    stream = sfc32(path)
    print(json.dumps(path), [next(stream) for _ in range(5)])
