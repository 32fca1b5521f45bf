package org.ridgeline.base;

import java.util.function.Function;

/** An exception whose cause the user can see or remove. */
public interface Explained {
  /** Returns the explanation; the message is its text. */
  Explanation explanation();

  /** Returns an exception of the same class, caused by this one, with options in these words. */
  RuntimeException worded(Function<Option.Use, String> words);
}
