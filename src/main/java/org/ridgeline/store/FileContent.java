package org.ridgeline.store;

import java.io.IOException;
import java.io.OutputStream;

/** What a file is made of, which may be larger than memory. */
@FunctionalInterface
public interface FileContent {
  /** Writes all of it; the stream stays open. */
  void writeTo(OutputStream out) throws IOException;
}
