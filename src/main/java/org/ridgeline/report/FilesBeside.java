package org.ridgeline.report;

/** Reads the files beside a JSON file, which names them. */
@FunctionalInterface
public interface FilesBeside {
  /** Returns the content of the file of this name. */
  byte[] read(String name);
}
