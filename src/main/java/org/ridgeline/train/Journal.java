package org.ridgeline.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Option;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.PassProgress;

/** The times, warnings and progress of a training. */
public final class Journal {
  private static final double NANOS = 1e9;

  private final Listener listener;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  private Journal(Listener listener) {
    this.listener = listener;
  }

  /** Receives entries as they are made. */
  public interface Listener {
    /** Receives a sentence of information. */
    default void info(String sentence) {}

    /** Receives a warning. */
    default void warn(String sentence) {}

    /** Returns an option that a warning names, in the words of whoever reads it. */
    default String word(Option.Use use) {
      return use.toString();
    }

    /** Receives the progress of a pass over the data. */
    default void progress(PassProgress.Snapshot pass) {}
  }

  /** Returns a journal without a listener. */
  public static Journal silent() {
    return new Journal(new Listener() {});
  }

  /** Returns a journal with a listener. */
  public static Journal with(Listener listener) {
    return new Journal(listener);
  }

  /** Passes on a sentence of information. */
  public void info(String sentence) {
    listener.info(sentence);
  }

  /** Keeps a warning and passes it on. */
  public void warn(String sentence) {
    warnings.add(sentence);
    listener.warn(sentence);
  }

  /** Keeps a warning, its options in the words of the listener, and passes it on. */
  public void warn(Explanation warning) {
    warn(warning.worded(listener::word));
  }

  /** Returns the warnings so far. */
  public List<String> warnings() {
    return Collections.unmodifiableList(warnings);
  }

  /** Runs a stage and adds its seconds to those of its name. */
  public <T> T time(String stage, Supplier<T> body) {
    long start = System.nanoTime();
    try {
      return body.get();
    } finally {
      double taken = (System.nanoTime() - start) / NANOS;
      seconds.merge(stage, Math.round(taken * 1000) / 1e3, Double::sum);
    }
  }

  /** Runs a stage that has no result. */
  public void time(String stage, Runnable body) {
    time(
        stage,
        () -> {
          body.run();
          return stage;
        });
  }

  /** Returns the seconds of every stage so far. */
  public Map<String, Double> seconds() {
    return Collections.unmodifiableMap(seconds);
  }

  /** Returns a meter of the passes of a session that reports their progress. */
  public PassMeter meter(SparkSession session) {
    PassMeter meter = PassMeter.on(session);
    meter.report(listener::progress);
    return meter;
  }
}
