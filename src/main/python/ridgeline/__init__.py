"""Ridge regression and random features of Ridgeline as PySpark ML stages.

NOT RUN BY THE BUILD OF THIS PROJECT: the build has no PySpark. It only checks that this file is
valid Python (``python3 -m py_compile``); the Java classes behind it are tested in Java. It follows
the wrappers of PySpark 4.1 (``pyspark.ml.wrapper``) and needs a classic session, not Spark Connect.

Start PySpark with the jar and with this folder on the path::

    pyspark --jars target/ridgeline-0.1.0.jar --conf spark.plugins=org.ridgeline.spark.RidgelinePlugin
    >>> import sys; sys.path.append("src/main/python")

Then, with a DataFrame that has columns x1, x2 and price::

    from pyspark.ml import Pipeline
    from pyspark.ml.feature import VectorAssembler
    from ridgeline import RidgeRegressionCV

    assembler = VectorAssembler(inputCols=["x1", "x2"], outputCol="features")
    ridge = RidgeRegressionCV(labelCol="price", numFolds=5)
    model = Pipeline(stages=[assembler, ridge]).fit(df)      # reads df once
    model.stages[1].summary.path.show()
    model.transform(df).select("price", "prediction").show()

Parameters have the names, defaults and meanings of the Java classes; their Javadoc is the reference.
A model saved by the command line (``RUN/model``) is read by ``RidgeRegressionModel.load`` or, for a
run with a map, by ``pyspark.ml.PipelineModel.load``.
"""

import sys

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaTransformer
from pyspark.sql import DataFrame

__all__ = [
    "RandomFeatures",
    "RandomFeaturesEstimator",
    "RandomFeaturesModel",
    "RidgeRegression",
    "RidgeRegressionCV",
    "RidgeRegressionModel",
    "register_functions",
]

_JAVA = "org.ridgeline.ml"

# PySpark finds the Python class of a Java stage, such as one inside a saved pipeline, by the name
# of the Java class: this module answers to the name of the Java package.
sys.modules.setdefault(_JAVA, sys.modules[__name__])


def _param(name, doc, converter=None):
    """A parameter that belongs to the class it is written in."""
    return Param(Params._dummy(), name, doc, typeConverter=converter)


class _Reader(JavaMLReader):
    """Finds the Java class of a Python class of this module."""

    @classmethod
    def _java_loader_class(cls, clazz):
        return _JAVA + "." + clazz.__name__


class _Readable(JavaMLReadable):
    @classmethod
    def read(cls):
        """A reader of saved stages of this class."""
        return _Reader(cls)


class _Settable(Params):
    """``setX`` and ``getX`` for every parameter, as in Java."""

    def __getattr__(self, name):
        prefix, rest = name[:3], name[3:]
        if prefix in ("set", "get") and rest:
            param = rest[0].lower() + rest[1:]
            if isinstance(getattr(type(self), param, None), Param):
                if prefix == "get":
                    return lambda: self.getOrDefault(param)
                return lambda value: self._set(**{param: value})
        raise AttributeError(f"{type(self).__name__} has no attribute {name}")


class _Columns(_Settable):
    featuresCol = _param("featuresCol", "the vector column of features", TypeConverters.toString)
    labelCol = _param(
        "labelCol",
        "the label: a number, or an array or vector with one number per target",
        TypeConverters.toString,
    )
    weightCol = _param(
        "weightCol", "the weight of a row; not set: every row weighs 1", TypeConverters.toString
    )
    predictionCol = _param("predictionCol", "the column of predictions", TypeConverters.toString)
    fitIntercept = _param(
        "fitIntercept", "whether to fit an intercept, never penalized", TypeConverters.toBoolean
    )
    standardization = _param(
        "standardization",
        "whether the penalty applies to standardized coefficients",
        TypeConverters.toBoolean,
    )

    def _set_column_defaults(self):
        self._setDefault(
            featuresCol="features",
            labelCol="label",
            predictionCol="prediction",
            fitIntercept=True,
            standardization=True,
        )


class _Selection(_Columns):
    select = _param("select", "the rule that chooses lambda", TypeConverters.toString)
    lambdas = _param(
        "lambdas",
        "the lambdas to choose from, sum convention; not set: automatic",
        TypeConverters.toListFloat,
    )
    penalty = _param(
        "penalty",
        "factors of the penalty by feature name, each GLOB=FACTOR",
        TypeConverters.toListString,
    )
    prior = _param(
        "prior",
        "the directory of an earlier run whose posterior is the prior",
        TypeConverters.toString,
    )
    exactResiduals = _param(
        "exactResiduals",
        "whether a second pass takes the errors from the rows",
        TypeConverters.toBoolean,
    )
    refinements = _param(
        "refinements",
        "passes that sharpen the digits of the chosen model",
        TypeConverters.toInt,
    )


class _Estimator(JavaEstimator, _Readable, JavaMLWritable):
    def _make(self, keywords):
        self._java_obj = self._new_java_obj(_JAVA + "." + type(self).__name__, self.uid)
        self._set(**{name: value for name, value in keywords.items() if value is not None})


class RidgeRegression(_Estimator, _Selection):
    """Ridge regression of all rows: one lambda, or the best by ``select`` (default ``gcv``).

    ``lambda_`` is the sum convention and wins over ``regParam``, which is Spark's own convention.
    (``lambda`` is a word of Python; the parameter is called ``lambda`` as in Java.)
    """

    regParam = _param(
        "regParam",
        "the penalty in the convention of Spark's LinearRegression (>= 0)",
        TypeConverters.toFloat,
    )

    @keyword_only
    def __init__(
        self,
        *,
        featuresCol=None,
        labelCol=None,
        weightCol=None,
        predictionCol=None,
        fitIntercept=None,
        standardization=None,
        lambda_=None,
        regParam=None,
        select=None,
        lambdas=None,
        penalty=None,
        prior=None,
        exactResiduals=None,
        refinements=None,
    ):
        super().__init__()
        self._set_column_defaults()
        self._setDefault(
            select="gcv", penalty=[], prior="", exactResiduals=False, refinements=0
        )
        keywords = dict(self._input_kwargs)
        self._make({k: v for k, v in keywords.items() if k != "lambda_"})
        if lambda_ is not None:
            self.setLambda(lambda_)

    def setLambda(self, value):
        """Sets ``lambda``."""
        return self._set(**{"lambda": value})

    def getLambda(self):
        """The value of ``lambda``."""
        return self.getOrDefault("lambda")

    def _create_model(self, java_model):
        return RidgeRegressionModel(java_model)


setattr(
    RidgeRegression,
    "lambda",
    _param(
        "lambda",
        "the penalty, summed over rows (>= 0); wins over regParam",
        TypeConverters.toFloat,
    ),
)


class RidgeRegressionCV(_Estimator, _Selection):
    """Ridge regression with lambda chosen by cross-validation, from one reading of the rows."""

    numFolds = _param("numFolds", "the number of folds (>= 2)", TypeConverters.toInt)
    foldCol = _param(
        "foldCol", "the column whose distinct values are the folds", TypeConverters.toString
    )
    groupCol = _param(
        "groupCol", "the column whose equal values share a fold", TypeConverters.toString
    )
    seed = _param("seed", "the key of the hash that deals rows into folds", TypeConverters.toInt)
    cv = _param(
        "cv",
        "how folds validate: kfold, forward (blocks of foldCol in order, those before train), purged"
        " (without neighbors) or repeated (fine folds dealt several times)",
        TypeConverters.toString,
    )
    gap = _param(
        "gap",
        "blocks left out before the one scored (forward) or on either side (purged), >= 0",
        TypeConverters.toInt,
    )
    window = _param(
        "window", "blocks that train with forward; 0: all before", TypeConverters.toInt
    )
    repeats = _param(
        "repeats", "how often repeated deals the folds (>= 1)", TypeConverters.toInt
    )
    nested = _param(
        "nested",
        "whether to measure the error of the tuned model, lambda chosen without the rows scored",
        TypeConverters.toBoolean,
    )

    @keyword_only
    def __init__(
        self,
        *,
        featuresCol=None,
        labelCol=None,
        weightCol=None,
        predictionCol=None,
        fitIntercept=None,
        standardization=None,
        select=None,
        lambdas=None,
        penalty=None,
        prior=None,
        exactResiduals=None,
        refinements=None,
        numFolds=None,
        foldCol=None,
        groupCol=None,
        seed=None,
        cv=None,
        gap=None,
        window=None,
        repeats=None,
        nested=None,
    ):
        super().__init__()
        self._set_column_defaults()
        self._setDefault(
            select="cv-min",
            penalty=[],
            prior="",
            exactResiduals=False,
            refinements=0,
            numFolds=5,
            seed=0,
            cv="kfold",
            window=0,
            repeats=10,
            nested=False,
        )
        self._make(dict(self._input_kwargs))

    def _create_model(self, java_model):
        return RidgeRegressionModel(java_model)


class RidgeRegressionSummary:
    """The tables of a fit."""

    def __init__(self, java_summary, session):
        self._java = java_summary
        self._session = session

    @property
    def path(self):
        """A row for each target and lambda: df, criteria, held-out errors."""
        return DataFrame(self._java.path(), self._session)

    @property
    def foldErrors(self):
        """A row for each target, lambda and fold."""
        return DataFrame(self._java.foldErrors(), self._session)

    @property
    def coefficients(self):
        """A row for each target and feature, with posterior deviations and standard errors."""
        return DataFrame(self._java.coefficients(), self._session)

    @property
    def df(self):
        """Degrees of freedom of the chosen model of the first target."""
        return self._java.df()

    @property
    def nestedError(self):
        """The error of the tuned model of the first target; NaN unless nested was set."""
        return self._java.nestedError()

    @property
    def warnings(self):
        """What the fit warns of, a sentence each."""
        return list(self._java.warnings())


class RidgeRegressionModel(JavaModel, _Columns, _Readable, JavaMLWritable):
    """A fitted ridge regression."""

    def __init__(self, java_model=None):
        super().__init__(java_model)
        self._set_column_defaults()

    @property
    def coefficients(self):
        """The d coefficients of the only target, as a vector."""
        return self._call_java("coefficients")

    @property
    def intercept(self):
        """The intercept of the only target."""
        return self._call_java("intercept")

    @property
    def coefficientMatrix(self):
        """The coefficients, m x d."""
        return self._call_java("coefficientMatrix")

    @property
    def interceptVector(self):
        """The m intercepts."""
        return self._call_java("interceptVector")

    @property
    def lambdaVector(self):
        """The m lambdas, in the sum convention."""
        return self._call_java("lambdaVector")

    @property
    def featureNames(self):
        """The names of the features."""
        return list(self._call_java("featureNames"))

    @property
    def hasSummary(self):
        """Whether there is a summary: a model that was loaded has none."""
        return self._call_java("hasSummary")

    @property
    def summary(self):
        """The tables of the fit."""
        from pyspark.sql import SparkSession

        return RidgeRegressionSummary(self._java_obj.summary(), SparkSession.getActiveSession())

    def predict(self, value):
        """The prediction for one vector."""
        return self._call_java("predict", value)

    def evaluate(self, dataset):
        """Errors on labeled rows: a dict of n, mse, rmse, mae and r2 for each target."""
        metrics = self._java_obj.evaluate(dataset._jdf).targets()
        return {
            m.target(): {
                "n": m.n(),
                "mse": m.mse(),
                "rmse": m.rmse(),
                "mae": m.mae(),
                "r2": m.r2(),
            }
            for m in metrics
        }

    def toSparkModel(self):
        """The same model as a stock ``LinearRegressionModel``."""
        from pyspark.ml.regression import LinearRegressionModel

        return LinearRegressionModel._from_java(self._java_obj.toSparkModel())


class _InputOutput(_Settable):
    inputCol = _param("inputCol", "the vector column of inputs", TypeConverters.toString)
    outputCol = _param(
        "outputCol", "the vector column of mapped features", TypeConverters.toString
    )


class _Map(_InputOutput):
    kind = _param("kind", "the map, such as rff", TypeConverters.toString)
    width = _param("width", "the number of mapped features", TypeConverters.toInt)
    lengthScale = _param(
        "lengthScale", "the length scale of the kernel (> 0)", TypeConverters.toFloat
    )
    seed = _param("seed", "what the weights of the map are drawn from", TypeConverters.toInt)

    def _set_map_defaults(self):
        self._setDefault(
            inputCol="features",
            outputCol=self.uid + "__output",
            kind="rff",
            width=1024,
            seed=0,
        )


class RandomFeatures(JavaTransformer, _Map, _Readable, JavaMLWritable):
    """A random-features map whose weights come from the seed alone."""

    @keyword_only
    def __init__(
        self,
        *,
        inputCol=None,
        outputCol=None,
        kind=None,
        width=None,
        lengthScale=None,
        seed=None,
    ):
        super().__init__()
        self._set_map_defaults()
        self._setDefault(lengthScale=1.0)
        self._java_obj = self._new_java_obj(_JAVA + ".RandomFeatures", self.uid)
        keywords = self._input_kwargs
        self._set(**{name: value for name, value in keywords.items() if value is not None})


class RandomFeaturesEstimator(_Estimator, _Map):
    """A random-features map that learns scales, length scale or Nystrom centers from the inputs."""

    standardization = _param(
        "standardization", "whether to standardize the inputs first", TypeConverters.toBoolean
    )
    clip = _param(
        "clip", "at how many standard deviations inputs are cut", TypeConverters.toFloat
    )
    kernel = _param("kernel", "the kernel of nystrom", TypeConverters.toString)

    @keyword_only
    def __init__(
        self,
        *,
        inputCol=None,
        outputCol=None,
        kind=None,
        width=None,
        lengthScale=None,
        seed=None,
        standardization=None,
        clip=None,
        kernel=None,
    ):
        super().__init__()
        self._set_map_defaults()
        self._setDefault(standardization=True, kernel="rbf")
        self._make(dict(self._input_kwargs))

    def _create_model(self, java_model):
        return RandomFeaturesModel(java_model)


class RandomFeaturesModel(JavaModel, _InputOutput, _Readable, JavaMLWritable):
    """A random-features map that has learned what it needs of the inputs."""

    def __init__(self, java_model=None):
        super().__init__(java_model)
        self._setDefault(inputCol="features", outputCol=self.uid + "__output")

    @property
    def numFeatures(self):
        """D, the number of mapped features."""
        return self._call_java("numFeatures")


def register_functions(session):
    """Makes the SQL functions ``ridge_moments`` and ``ridge_solve`` known to a session."""
    session._jvm.org.ridgeline.ml.RidgeFunctions.register(session._jsparkSession)
