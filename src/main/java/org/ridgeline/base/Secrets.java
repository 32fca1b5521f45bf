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
  private static final Pattern USER = Pattern.compile("(://[^/\\s:@]*:)[^/\\s]+@");

  /** Words that tell a secret wherever they stand in a key. */
  private static final String WORDS =
      "password|passwd|passphrase|secret|token|authorization|credential";

  private static final String SECRET =
      "(?:(?:"
          + WORDS
          + ")s?|pwd|bearer|api[_.-]?key|access[_.-]?key|account[_.-]?key|shared[_.-]?key|sig"
          + "|signature)(?:[_.-]?(?:id|key|value))?";

  /** A key that names a secret by its words, such as {@code fs.s3a.secret.key}. */
  private static final Pattern KEY =
      Pattern.compile("(?i)(?:.*[^a-z])?" + SECRET + "|.*(?:" + WORDS + ").*");

  /** A key that names a secret, and its value, which may be quoted, or in braces as in JDBC. */
  private static final Pattern PAIR =
      Pattern.compile("(?i)(" + SECRET + "[\"']?\\s*[=:]\\s*[\"']?)(?:\\{[^}]*}|[^&;,\\s\"'()]+)");

  /** {@code Bearer TOKEN}. */
  private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer[\\s_]+)[^&;,\\s\"'()]+");

  private Secrets() {}

  /** Returns the text with secrets masked. */
  public static String masked(String text) {
    String withoutUsers = USER.matcher(text).replaceAll("$1" + MASK + "@");
    String withoutPairs = PAIR.matcher(withoutUsers).replaceAll("$1" + MASK);
    return BEARER.matcher(withoutPairs).replaceAll("$1" + MASK);
  }

  /** Whether a key by itself says that its value is a secret. */
  public static boolean isSecret(String key) {
    return KEY.matcher(key).matches();
  }
}
