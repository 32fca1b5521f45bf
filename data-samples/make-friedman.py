"""Writes data-samples/friedman1.csv:  python3 data-samples/make-friedman.py

The function of Friedman (Multivariate adaptive regression splines, 1991, eq. 61):
y = 10 sin(pi x1 x2) + 20 (x3 - 1/2)^2 + 10 x4 + 5 x5 + noise, with ten inputs uniform on (0, 1), of which five do
nothing, and standard normal noise. The numbers come from a linear congruential generator, so that every language and
version gives the same file.
"""

import math
import os

ROWS = 5000
state = 20260101


def uniform():
    """Knuth's 64-bit generator; the upper 53 bits, never 0."""
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return ((state >> 11) + 0.5) / 2**53


def normal():
    """Box and Muller."""
    return math.sqrt(-2 * math.log(uniform())) * math.cos(2 * math.pi * uniform())


here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "friedman1.csv"), "w", newline="\n") as out:
    out.write(",".join("x%d" % j for j in range(1, 11)) + ",y\n")
    for _ in range(ROWS):
        x = [round(uniform(), 6) for _ in range(10)]
        y = 10 * math.sin(math.pi * x[0] * x[1]) + 20 * (x[2] - 0.5) ** 2 + 10 * x[3] + 5 * x[4] + normal()
        out.write(",".join("%.6f" % v for v in x) + ",%.6f\n" % y)
