"""Times scikit-learn on the problem sizes of the benchmark: data in memory, GridSearchCV(Ridge) and RidgeCV.

python3 src/bench/python/peers.py ROWS COLUMNS [LAMBDAS]     needs numpy and scikit-learn
GridSearchCV is timed on LAMBDAS values (default 4) and scaled by the number of fits to 20.
"""
import sys
import time

import numpy as np
from sklearn.linear_model import Ridge, RidgeCV
from sklearn.model_selection import GridSearchCV

rows, columns = int(sys.argv[1]), int(sys.argv[2])
lambdas = int(sys.argv[3]) if len(sys.argv) > 3 else 4
rng = np.random.default_rng(0)
x = rng.standard_normal((rows, columns))
y = x @ (1 / np.arange(1, columns + 1)) + rng.standard_normal(rows)

grid = np.geomspace(1e-3 * rows, 10 * rows, lambdas)
start = time.perf_counter()
GridSearchCV(Ridge(), {"alpha": grid}, cv=5, scoring="neg_mean_squared_error").fit(x, y)
seconds = time.perf_counter() - start
print(f"scikit-learn GridSearchCV(Ridge) 5x{lambdas}: {seconds:.1f} s, "
      f"scaled to 5x20 by fits: {seconds * 101 / (5 * lambdas + 1):.0f} s", flush=True)

start = time.perf_counter()
RidgeCV(alphas=np.geomspace(1e-3 * rows, 10 * rows, 20)).fit(x, y)
print(f"scikit-learn RidgeCV (leave-one-out, 20 lambdas): {time.perf_counter() - start:.1f} s")
