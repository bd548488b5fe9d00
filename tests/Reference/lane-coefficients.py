"""Prints the coefficients of src/Hebb.Kernels/Math: polynomials of least greatest weighted error by Remez exchange in mpmath
(python3-mpmath), then rounded to float or double one after another, lowest power first, the others making up for each rounding."""
from mpmath import mp, mpf, lu_solve, matrix, cos, pi

mp.dps = 60

def rounded(x, bits):
    """x rounded to a significand of so many bits."""
    if x == 0:
        return mpf(0)
    m, e = mp.frexp(x)
    return mp.ldexp(mp.nint(mp.ldexp(m, bits)), e - bits)

def remez(f, w, powers, a, b, iterations=25):
    """coefficients c minimizing max |w(x) (f(x) - sum c_i x^powers_i)| on [a, b], and that maximum"""
    n = len(powers)
    xs = [(a + b) / 2 - (b - a) / 2 * cos(pi * k / n) for k in range(n + 1)]
    grid = [(a + b) / 2 - (b - a) / 2 * cos(pi * (k + mpf("0.37")) / (n * 40)) for k in range(n * 40)]
    fg = [(x, f(x), w(x)) for x in [a] + grid + [b]]
    c = None
    for it in range(iterations):
        A = matrix(n + 1, n + 1); y = matrix(n + 1, 1)
        for i, x in enumerate(xs):
            wx = w(x)
            for j, p in enumerate(powers): A[i, j] = wx * x ** p
            A[i, n] = (-1) ** i
            y[i] = wx * f(x)
        try: s = lu_solve(A, y)
        except ZeroDivisionError: break
        c = [s[j] for j in range(n)]
        err = [(x, wv * (fv - sum(ci * x ** p for ci, p in zip(c, powers)))) for x, fv, wv in fg]
        # alternating extrema on the grid
        ext = []
        for x, e in err:
            if ext and (e > 0) == (ext[-1][1] > 0):
                if abs(e) > abs(ext[-1][1]): ext[-1] = (x, e)
            else: ext.append((x, e))
        while len(ext) > n + 1:
            if abs(ext[0][1]) < abs(ext[-1][1]): ext.pop(0)
            else: ext.pop()
        if len(ext) < n + 1: break
        xs = [x for x, _ in ext]
        top = max(abs(e) for _, e in ext); low = min(abs(e) for _, e in ext)
        if top < low * mpf('1.001'): break
    return c, max(abs(e) for _, e in err)

def least_squares(pts, powers):
    """coefficients minimizing the sum of (w (f - p))^2 over pts = [(x, f, w)] through the normal equations"""
    n = len(powers)
    A = matrix(n, n); y = matrix(n, 1)
    for x, f, w in pts:
        v = [w * x ** p for p in powers]
        for i in range(n):
            y[i] += v[i] * w * f
            for j in range(i, n): A[i, j] += v[i] * v[j]
    for i in range(n):
        for j in range(i): A[i, j] = A[j, i]
    return [c for c in lu_solve(A, y)]

def fit(f, w, powers, a, b, bits):
    """as remez, with coefficients rounded to bits, lowest power first, each time refitting those above it"""
    powers = list(powers); done = []
    c, ideal = remez(f, w, powers, a, b)
    m = 8 * len(powers) + 9
    nodes = [(a + b) / 2 - (b - a) / 2 * cos(pi * (k + mpf("0.5")) / m) for k in range(m)]
    top = max(abs(w(x)) for x in nodes)
    pts = [(x, f(x), abs(w(x)) / top) for x in nodes]
    # start from the minimax coefficients; a refit only makes up for what rounding changed
    cur = list(c)
    for i in range(len(powers)):
        r = rounded(cur[i], bits)
        d = r - cur[i]
        done.append(r)
        if i + 1 < len(powers):
            delta = least_squares([(x, -d * x ** powers[i], wv) for x, _, wv in pts], powers[i + 1:])
            cur = done + [cc + dd for cc, dd in zip(cur[i + 1:], delta)]
    xs = [a + (b - a) * (k + mpf("0.31")) / 997 for k in range(997)]
    real = max(abs(w(x) * (f(x) - sum(ci * x ** p for ci, p in zip(done, powers)))) for x in xs)
    return done, ideal, real

TINY = mpf(10) ** -12


def both(name, f, w, a, b, floats, doubles, b_double=None):
    """prints a float and a double polynomial of f on [a, b] with weight w(x) > 0 for x != 0"""
    weight = lambda x: abs(w(x)) if abs(x) > TINY else TINY
    for kind, degree, bits, end in (("float", floats, 24, b), ("double", doubles, 53, b_double or b)):
        c, ideal, real = fit(f, weight, range(degree + 1), mpf(a), mpf(end), bits)
        print(f"{name}, {kind}, degree {degree}: error 2^{float(mp.log(real, 2)):.2f} (before rounding 2^{float(mp.log(ideal, 2)):.2f})")
        for x in c:
            print("   ", repr(float(x)))


def near(x, series, f):
    return series if abs(x) < mpf(10) ** -9 else f()


root = mp.sqrt
half = mp.log(2) / 2 * mpf("1.001")
both("(e^r - 1 - r) / r^2", lambda r: near(r, mpf(1) / 2 + r / 6, lambda: (mp.expm1(r) - r) / r**2), lambda r: r * r / mp.expm1(r), -half, half, 4, 10)
both("(ln(1 + f) - f + f^2/2) / f^3", lambda f: near(f, mpf(1) / 3 - f / 4, lambda: (mp.log1p(f) - f + f * f / 2) / f**3),
     lambda f: f**3 / mp.log1p(f), "-0.250025", "0.50005", 7, 19)
both("(ln(1 + u) - u) / u^2", lambda u: near(u, -mpf(1) / 2 + u / 3, lambda: (mp.log1p(u) - u) / u**2), lambda u: u * u / mp.log1p(u), 0, 1, 8, 20)
# erf a = 1 - e^(-a p(a)), p = 2/sqrt(pi) + a r(a): an error of p counts a (1 - erf a) / erf a
slope = 2 / root(pi)
both("(-ln(1 - erf a) / a - 2/sqrt(pi)) / a", lambda a: near(a, 2 / pi, lambda: (-mp.log(mp.erfc(a)) / a - slope) / a),
     lambda a: a * a * mp.erfc(a) / mp.erf(a), 0, 4, 7, 23, "5.95")
both("(arctan t - t) / t^3 at z = t^2", lambda z: near(z, -mpf(1) / 3 + z / 5, lambda: (mp.atan(root(z)) - root(z)) / root(z) ** 3),
     lambda z: z * root(z) / mp.atan(root(z)), 0, 1, 7, 19)
both("(sin r - r) / r^3 at z = r^2", lambda z: near(z, -mpf(1) / 6 + z / 120, lambda: (mp.sin(root(z)) - root(z)) / root(z) ** 3),
     lambda z: z * root(z) / mp.sin(root(z)), 0, mpf("0.79") ** 2, 2, 6, mpf("0.7855") ** 2)
both("(cos r - 1 + r^2/2) / r^4 at z = r^2", lambda z: near(z, mpf(1) / 24 - z / 720, lambda: (mp.cos(root(z)) - 1 + z / 2) / z**2),
     lambda z: z * z / mp.cos(root(z)), 0, mpf("0.79") ** 2, 2, 5, mpf("0.7855") ** 2)
both("(2 artanh s - 2s - 2s^3/3) / s^5 at z = s^2",
     lambda z: near(z, mpf(2) / 5 + 2 * z / 7, lambda: (2 * mp.atanh(root(z)) - 2 * root(z) - 2 * root(z) ** 3 / 3) / root(z) ** 5),
     lambda z: z * z * root(z) / (2 * mp.atanh(root(z))), 0, "0.0401", 3, 7)


def bell_quotient(k):
    """Q(a) / e^(-a^2/2) at t = (a - k) / (a + k), where Q(a) = erfc(a/sqrt(2)) / 2"""
    def q(t):
        a = k * (1 + t) / (1 - t)
        return mp.exp(a * a / 2) * mp.erfc(a / root(2)) / 2
    return q


for kind, k, end, degree, bits in (("float", mpf(3), mpf("14.5"), 9, 24), ("double", mpf(6), mpf(39), 23, 53)):
    q = bell_quotient(k)
    c, ideal, real = fit(q, lambda t: 1 / q(t), range(degree + 1), mpf(-1), (end - k) / (end + k), bits)
    print(f"Q(a) / e^(-a^2/2), {kind}, degree {degree}: error 2^{float(mp.log(real, 2)):.2f} (before rounding 2^{float(mp.log(ideal, 2)):.2f})")
    for x in c:
        print("   ", repr(float(x)))
