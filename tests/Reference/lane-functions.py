"""Writes lane-functions.csv: name, bits of x, bits of f(x) rounded to double, (f(x) - rounded) in ulp; for pow the bits of the exponent too.
Needs mpmath (python3-mpmath). The optional argument is the number of samples of each function."""
import math
import random
import struct
import sys
from mpmath import mp, mpf

mp.dps = 400
SAMPLES = int(sys.argv[1]) if len(sys.argv) > 1 else 250
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


def softplus(x):
    return mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x))


def angle():
    kind = random.random()
    if kind < 0.4:
        return random.uniform(-20, 20)
    if kind < 0.7:
        return math.ldexp(random.uniform(1, 2), random.randint(-30, 1023))
    # next to a multiple of a quarter turn, where the result is small or the reduction cancels
    return float(random.randint(-2**40, 2**40) >> random.randint(0, 38)) * (math.pi / 2)


FUNCTIONS |= {
    "softplus": (softplus, tiny_or(-745, 800), [-745.1332191019411, 1e300]),
    "logsigmoid": (lambda x: -softplus(-x), tiny_or(-800, 745), [745.1332191019411, -1e300]),
    "erf": (mp.erf, tiny_or(-6.5, 6.5), [5e-324, 1e-300, 5.95, 1e300]),
    "atan": (mp.atan, tiny_or(-30, 30), [5e-324, 1e-300, 1.0, 1e300]),
    "sin": (mp.sin, angle, [5e-324, 1e-300, 6381956970095103.0 * 2.0**797, 1.7976931348623157e308, 1073741824.0, 1073741825.0]),
    "cos": (mp.cos, angle, [5e-324, 1e-300, 6381956970095103.0 * 2.0**797, 1.7976931348623157e308, 1073741824.0, 1073741825.0]),
    "tan": (mp.tan, angle, [5e-324, 1e-300, 6381956970095103.0 * 2.0**797, 1.7976931348623157e308, 1073741824.0, 1073741825.0]),
}


def base_and_exponent():
    if random.random() < 0.5:
        return random.uniform(0.01, 10), random.uniform(-30, 30)
    x = math.ldexp(random.uniform(1, 2), random.randint(-1070, 1023))
    return x, random.uniform(-1074, 1024) / math.log2(x) if x != 1 else 3.0


BEHIND = {
    "normal": (lambda x: mp.erfc(-mpf(x) / mp.sqrt(2)) / 2, tiny_or(-38.5, 8), [-38.48, -37.5, 1e-300, 5e-324, -1.0, 40.0]),
    "expremainder": (lambda x: mp.expm1(x) - x, tiny_or(-750, 709.7), [0.3465735902799726, -0.3465735902799727, 1e-150, -1e-150]),
}


def bits(x):
    return struct.pack(">d", x).hex()


def write(out, functions):
    for name, (f, draw, extra) in functions.items():
        for x in extra + [draw() for _ in range(SAMPLES)]:
            truth = f(mpf(x))
            y = float(truth)
            ulp = math.ulp(y)
            out.write(f"{name},{bits(x)},{bits(y)},{float((truth - mpf(y)) / mpf(ulp)):.3f}\n")


def main():
    with open("lane-functions.csv", "w") as out:
        write(out, FUNCTIONS)
        for x, e in [(1.0000000000000002, 1e17), (0.9999999999999999, 1e18)] + [base_and_exponent() for _ in range(SAMPLES)]:
            truth = mpf(x) ** mpf(e)
            y = float(truth)
            out.write(f"pow,{bits(x)},{bits(y)},{float((truth - mpf(y)) / mpf(math.ulp(y))):.3f},{bits(e)}\n")
        write(out, BEHIND)  # behind the others, whose draws stay as they were


main()
