package org.ridgeline;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.ridgeline.natives.NativeLibraries;

/** Gives every test JVM the BLAS that a real run has, before the first test can call netlib. */
public final class NativeSession implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    NativeLibraries.install();
  }
}
