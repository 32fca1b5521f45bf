package org.ridgeline.base;

import java.util.regex.Pattern;

/**
 * Masks secrets in texts that are shown or stored: passwords in URLs, {@code password=..} and its
 * like, signatures of shared access (SAS) and of AWS.
 */
public final class Secrets {
  /** What stands for a secret. */
  public static final String MASK = "*****";

  /** {@code scheme://user:password@host}. */
  private static final Pattern USER = Pattern.compile("(://[^/\\s:@]*:)[^/\\s@]+@");

  /** A key that names a secret, and its value. */
  private static final Pattern PAIR =
      Pattern.compile(
          "(?i)((?:password|passwd|pwd|passphrase|secret|token|credentials?|api[_.-]?key"
              + "|access[_.-]?key|account[_.-]?key|shared[_.-]?key|sig|signature)"
              + "(?:[_.-]?(?:id|key|value))?[\"']?\\s*[=:]\\s*[\"']?)[^&;,\\s\"'()]+");

  private Secrets() {}

  /** Returns the text with secrets masked. */
  public static String masked(String text) {
    String withoutUsers = USER.matcher(text).replaceAll("$1" + MASK + "@");
    return PAIR.matcher(withoutUsers).replaceAll("$1" + MASK);
  }
}
