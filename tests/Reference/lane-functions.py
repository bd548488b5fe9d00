"""Writes lane-functions.csv: name, bits of x, bits of f(x) rounded to double, (f(x) - rounded) in ulp. Needs mpmath (python3-mpmath)."""
import math
import random
import struct
import sys
from mpmath import mp, mpf

mp.dps = 60
SAMPLES = int(sys.argv[1]) if len(sys.argv) > 1 else 300
random.seed(20260101)


def sigmoid(x):
    return 1 / (1 + mp.exp(-x)) if x > 0 else mp.exp(x) / (1 + mp.exp(x))


def tiny_or(lo, hi):
    """Half of the samples uniform in [lo, hi], half with a uniform exponent, of either sign where the range has both."""
    def draw():
        if random.random() < 0.5:
            return random.uniform(lo, hi)
        x = math.ldexp(random.uniform(1, 2), random.randint(-60, max(0, int(math.log2(max(abs(lo), abs(hi)))) - 1)))
        return max(lo, min(hi, -x if lo < 0 and (hi <= 0 or random.random() < 0.5) else x))
    return draw


def positive():
    if random.random() < 0.4:
        return random.uniform(0.5, 2)
    return math.ldexp(random.uniform(1, 2), random.randint(-1074, 1023))


FUNCTIONS = {
    "exp": (mp.exp, tiny_or(-745, 709.7), [-745.1332191019411, 709.782712893384, -708.4, 1e-300, -1e-17]),
    "expm1": (mp.expm1, tiny_or(-50, 709.7), [709.782712893384, 1e-300, -1e-17, 5e-324]),
    "log": (mp.log, positive, [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.75, 1.5, 0.7499999999999999, 1.4999999999999998]),
    "log1p": (mp.log1p, tiny_or(-0.99999, 1000), [-0.9999999999999999, 1e300, 1.7976931348623157e308, 1e-300, -1e-17, -0.25, 0.5]),
    "tanh": (mp.tanh, tiny_or(-20, 20), [5e-324, 1e-300, 22.0, 1e300]),
    "sigmoid": (sigmoid, tiny_or(-745, 40), [-745.1332191019411, -1e-300, 800.0]),
}


def bits(x):
    return struct.pack(">d", x).hex()


def main():
    with open("lane-functions.csv", "w") as out:
        for name, (f, draw, extra) in FUNCTIONS.items():
            for x in extra + [draw() for _ in range(SAMPLES)]:
                truth = f(mpf(x))
                y = float(truth)
                ulp = math.ulp(y)
                out.write(f"{name},{bits(x)},{bits(y)},{float((truth - mpf(y)) / mpf(ulp)):.3f}\n")


main()
