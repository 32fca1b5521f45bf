package org.ridgeline.base;

import java.util.function.Function;

/** An exception whose cause the user can see or remove. */
public interface Explained {
  /** Returns what it tells; its message is the text of this. */
  Explanation explanation();

  /** Returns an exception of the same class, caused by this one, with options in these words. */
  RuntimeException worded(Function<Option.Use, String> words);
}
