package org.ridgeline.cli;

import java.io.File;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.ridgeline.base.UsageException;

/**
 * The names of files as the JVM takes them from its locale. In that of C or POSIX, as of a cron job
 * or a bare container, it reads any other letter than those of ASCII as an unknown one, writes
 * {@code ?} for it, and does not see files of such names.
 */
final class FileNames {
  private static final char UNKNOWN = '\uFFFD';
  private static final List<Setting> PLACES =
      List.of(Setting.INPUT, Setting.OUT, Setting.MODEL, Setting.PRIOR);

  private final Charset charset;

  private FileNames(Charset charset) {
    this.charset = charset;
  }

  /** The names of this JVM. */
  static FileNames ofThisJvm() {
    return new FileNames(
        Charset.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name())));
  }

  /**
   * Checks that this JVM can read and write the names of a command.
   *
   * @throws UsageException when one of them is not what it seems
   */
  void check(Settings settings) {
    List<String> places = new ArrayList<>(settings.arguments());
    PLACES.forEach(place -> settings.text(place).ifPresent(places::add));
    for (String place : places) {
      if (!charset.newEncoder().canEncode(place)) {
        throw refusal(place);
      }
    }
    settings.text(Setting.INPUT).ifPresent(this::checkListed);
  }

  /** The files of a local folder or of a pattern's last part. */
  private void checkListed(String input) {
    File path = new File(input.replaceFirst("^file:(//)?", ""));
    File folder = path.isDirectory() ? path : path.getAbsoluteFile().getParentFile();
    String[] names = path.isFile() || folder == null ? null : folder.list();
    for (String name : names == null ? new String[0] : names) {
      if (name.indexOf(UNKNOWN) >= 0) {
        throw refusal(name);
      }
    }
  }

  private UsageException refusal(String name) {
    return new UsageException(
        "Cannot use the file name '"
            + name.replace(UNKNOWN, '?')
            + "': the locale of this JVM has only the letters of "
            + charset
            + "; start it with LC_ALL=C.UTF-8 (jobs/ridgeline does)");
  }
}
