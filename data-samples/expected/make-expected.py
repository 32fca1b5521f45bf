#!/usr/bin/env python3
"""What `tune` must give for the sample data: python3 data-samples/expected/make-expected.py

Written from the formulas alone, with nothing of the program's code: rows are dealt into folds by the documented hash,
sums and normal equations are in 80-digit decimal arithmetic, every fold and lambda is a fit of its own by Gaussian
elimination, and errors of held-out rows come from exact sums over the fold.
Python 3.8 or later, no packages.
"""
import csv
import os
import struct
from decimal import Decimal, getcontext

getcontext().prec = 80
HERE = os.path.dirname(os.path.abspath(__file__))
MASK = (1 << 64) - 1
PHI = 0x9E3779B97F4A7C15
LAMBDAS = ["0.001", "0.01", "0.1", "1", "10", "100", "1000"]
# name, label, folds, seed
SETS = [("diamonds", "log_price", 10, 0), ("diabetes", "progression", 5, 7), ("longley", "GNP.deflator", 4, 1)]


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def signed(word):
    return word - (1 << 64) if word >> 63 else word


def fold_of(label, features, folds, seed):
    """Words: the label, the weight 1, then the features, padded to an even count."""
    words = [struct.unpack(">Q", struct.pack(">d", v + 0.0))[0] for v in [label, 1.0] + features]
    words += [0] * (len(words) % 2)
    keys = [mix((seed + (i + 1) * PHI) & MASK) for i in range(len(words))]
    h = 0
    for i in range(0, len(words), 2):
        product = signed(words[i] ^ keys[i]) * signed(words[i + 1] ^ keys[i + 1])
        h += ((product >> 64) ^ product) & MASK
    return ((mix(h & MASK) >> 33) * folds) >> 31


class Sums:
    """Count, sums and sums of products of the columns (features, label)."""

    def __init__(self, width):
        self.n = 0
        self.first = [Decimal(0)] * width
        self.second = [[Decimal(0)] * width for _ in range(width)]

    def add(self, row):
        self.n += 1
        for i, x in enumerate(row):
            self.first[i] += x
            line = self.second[i]
            for j in range(i + 1):
                line[j] += x * row[j]

    def plus(self, other):
        result = Sums(len(self.first))
        result.n = self.n + other.n
        result.first = [a + b for a, b in zip(self.first, other.first)]
        result.second = [[a + b for a, b in zip(p, q)] for p, q in zip(self.second, other.second)]
        return result

    def mean(self, i):
        return self.first[i] / self.n

    def scatter(self, i, j):
        return self.second[max(i, j)][min(i, j)] - self.first[i] * self.first[j] / self.n


def solve(matrix, right):
    """Gaussian elimination with pivoting; right is a list of rows."""
    d = len(matrix)
    rows = [list(m) + list(r) for m, r in zip(matrix, right)]
    for c in range(d):
        pivot = max(range(c, d), key=lambda r: abs(rows[r][c]))
        rows[c], rows[pivot] = rows[pivot], rows[c]
        for r in range(d):
            if r != c and rows[r][c] != 0:
                factor = rows[r][c] / rows[c][c]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[c])]
    return [[x / rows[c][c] for x in rows[c][d:]] for c in range(d)]


def fit(sums, lam):
    """b, intercept, df, rss, and the rest: penalty lam * sum (s_j b_j)^2 with population deviations s_j."""
    d = len(sums.first) - 1
    gram = [[sums.scatter(i, j) for j in range(d)] for i in range(d)]
    cross = [sums.scatter(i, d) for i in range(d)]
    system = [[gram[i][j] + (lam * gram[i][i] / sums.n if i == j else 0) for j in range(d)] for i in range(d)]
    unit = [[Decimal(int(i == j)) for j in range(d)] for i in range(d)]
    solved = solve(system, [[cross[i]] + gram[i] + unit[i] for i in range(d)])
    b = [s[0] for s in solved]
    df = sum(solved[i][1 + i] for i in range(d))
    intercept = sums.mean(d) - sum(b[j] * sums.mean(j) for j in range(d))
    hat = [line[1:1 + d] for line in solved]
    inverse = [line[1 + d:] for line in solved]
    penalties = [lam * gram[i][i] / sums.n for i in range(d)]
    log_det = log_determinant(system) - sum(p.ln() for p in penalties)
    penalty = sum(p * x * x for p, x in zip(penalties, b))
    rss = squares(sums, b, intercept)
    return b, intercept, df, rss, Rest(sums, df, rss, penalty, log_det, hat, inverse)


def log_determinant(matrix):
    """Of a positive definite matrix, by elimination."""
    rows = [list(line) for line in matrix]
    total = Decimal(0)
    for c in range(len(rows)):
        total += rows[c][c].ln()
        for r in range(c + 1, len(rows)):
            factor = rows[r][c] / rows[c][c]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[c])]
    return total


class Rest:
    """Criteria and covariances of a fit; hat = A^-1 G, in the units of the data."""

    def __init__(self, sums, df, rss, penalty, log_det, hat, inverse):
        d = len(hat)
        n = Decimal(sums.n)
        fit = n * (rss / n).ln()
        self.aic = fit + 2 * (df + 1)
        self.bic = fit + n.ln() * (df + 1)
        self.gcv = rss / n / (1 - (df + 1) / n) ** 2
        df2 = sum(hat[i][j] * hat[j][i] for i in range(d) for j in range(d))
        self.sampling = rss / (n - 2 * df + df2 - 1)
        self.posterior = (rss + penalty) / (n - 1)
        pi = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899")
        self.evidence = -((n - 1) * (2 * pi * self.posterior).ln() + n - 1 + log_det) / 2
        self.sure = lambda s2: rss - n * s2 + 2 * s2 * (df + 1)
        spread = [[sum(hat[i][k] * inverse[k][j] for k in range(d)) for j in range(d)] for i in range(d)]
        means = [sums.mean(j) for j in range(d)]
        self.errors = []
        for s2, form in ((self.posterior, inverse), (self.sampling, spread)):
            slopes = [(s2 * form[j][j]).sqrt() for j in range(d)]
            shift = sum(means[i] * form[i][j] * means[j] for i in range(d) for j in range(d))
            self.errors.append([(s2 * (1 / n + shift)).sqrt()] + slopes)


def squares(sums, b, intercept):
    """Sum of (y - intercept - x'b)^2 over the rows of these sums."""
    d = len(b)
    weights = [-x for x in b] + [Decimal(1)]
    total = intercept * intercept * sums.n
    for i in range(d + 1):
        total -= 2 * intercept * weights[i] * sums.first[i]
        for j in range(i + 1):
            total += (1 if i == j else 2) * weights[i] * weights[j] * sums.second[i][j]
    return total


def text(value):
    return repr(float(value)) if isinstance(value, Decimal) else str(value)


def make(name, label, folds, seed):
    with open(os.path.join(HERE, "..", name + ".csv"), newline="") as file:
        table = list(csv.reader(file))
    names = table[0]
    at = names.index(label)
    features = [n for n in names if n != label]
    parts = [Sums(len(names)) for _ in range(folds)]
    for line in table[1:]:
        values = [float(v) for v in line]
        inputs = values[:at] + values[at + 1:]
        parts[fold_of(values[at], inputs, folds, seed)].add([Decimal(v) for v in inputs + [values[at]]])
    everything = parts[0]
    for part in parts[1:]:
        everything = everything.plus(part)
    n = everything.n
    d = len(features)
    fits, scores = [], []
    for lam in map(Decimal, LAMBDAS):
        lam = Decimal(float(lam))
        fits.append(fit(everything, lam))
        errors = []
        for f in range(folds):
            rest = [p for g, p in enumerate(parts) if g != f]
            training = rest[0]
            for part in rest[1:]:
                training = training.plus(part)
            b, intercept, _, _, _ = fit(training, lam)
            errors.append((squares(parts[f], b, intercept), parts[f].n))
        scores.append(errors)
    means, ses = [], []
    for errors in scores:
        each = [s / w for s, w in errors]
        mean = sum(each) / folds
        means.append(mean)
        ses.append((sum((e - mean) ** 2 for e in each) / (folds - 1) / folds).sqrt())
    least = min(range(len(means)), key=lambda l: means[l])
    one_se = max(l for l in range(len(means)) if means[l] <= means[least] + ses[least])
    with open(os.path.join(HERE, name + "-path.csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(
            "target lambda df rss train_mse gcv loo_mse aic bic sure log_evidence cv_mse cv_se cv_mse_pooled".split()
            + ["fold_%d" % f for f in range(folds)] + ["is_min", "is_1se", "selected"])
        s2 = min((rest.gcv, rest.sampling) for _, _, _, _, rest in fits)[1]
        for l, (b, intercept, df, rss, rest) in enumerate(fits):
            pooled = sum(s for s, _ in scores[l]) / sum(w for _, w in scores[l])
            row = [label, float(LAMBDAS[l]), df, rss, rss / n, rest.gcv, "", rest.aic, rest.bic, rest.sure(s2),
                   rest.evidence, means[l], ses[l], pooled]
            row += [s / w for s, w in scores[l]]
            row += [str(mark).lower() for mark in (l == least, l == one_se, l == least)]
            out.writerow([text(v) for v in row])
    b, intercept, _, _, rest = fits[least]
    with open(os.path.join(HERE, name + "-coefficients.csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("target feature coefficient standardized posterior_sd standard_error".split())
        out.writerow([label, "(intercept)", text(intercept), ""] + [text(e[0]) for e in rest.errors])
        for j in range(d):
            scale = (everything.scatter(j, j) / n).sqrt()
            out.writerow([label, features[j], text(b[j]), text(b[j] * scale)] + [text(e[1 + j]) for e in rest.errors])


for settings in SETS:
    make(*settings)
