"""Reference values of ChowTestTest and FDistributionTest: 40 digits, from the rows.

python 3, mpmath 1.3.0: python3 chow.py
"""

from mpmath import betainc, cos, lu_solve, matrix, mp, mpf, sin, sqrt

mp.dps = 40


def tail(f, v1, v2):
    x = mpf(v2) / (v2 + v1 * mpf(f))
    return betainc(mpf(v2) / 2, mpf(v1) / 2, 0, x, regularized=True)


def row(i, moved):
    x1, x2 = sin(mpf(i)), cos(mpf(i) / 3) + 5
    noise = sin(mpf(i) * i) / 2
    y = 1 + 2 * x1 - x2 + noise + (x1 / 4 + mpf(1) / 10 if moved else 0)
    return [mpf(1), x1, x2], y


def least_squares(rows):
    x = matrix([r[0] for r in rows])
    y = matrix([[r[1]] for r in rows])
    b = lu_solve(x.T * x, x.T * y)
    e = y - x * b
    rss = sum(v * v for v in e)
    inverse = (x.T * x) ** -1
    s2 = rss / (len(rows) - 3)
    return rss, b, [sqrt(s2 * inverse[j, j]) for j in range(3)]


a = [row(i, False) for i in range(1, 41)]
b = [row(i, True) for i in range(41, 66)]
rss_a, b_a, se_a = least_squares(a)
rss_b, b_b, se_b = least_squares(b)
rss, _, _ = least_squares(a + b)
f = (rss - rss_a - rss_b) / 3 / ((rss_a + rss_b) / (65 - 6))
print("F", mp.nstr(f, 17), "p", mp.nstr(tail(f, 3, 59), 17))
for j in range(3):
    se = sqrt(se_a[j] ** 2 + se_b[j] ** 2)
    df = se**4 / (se_a[j] ** 4 / 37 + se_b[j] ** 4 / 22)
    t = (b_b[j] - b_a[j]) / se
    print(j, "t", mp.nstr(t, 17), "df", mp.nstr(df, 17), "p", mp.nstr(tail(t * t, 1, df), 17))
for v in [(2.5, 3, 59), (1.2, 11, 100000000), (0.5, 400, 7), (50, 13, 17353), (1.05, 100, 5000), (1e-3, 1, 1), (7, 1, 4)]:
    print("tail", v, mp.nstr(tail(*v), 17))
