package org.ridgeline.base;

import java.util.regex.Pattern;

/**
 * Masks secrets in texts that are shown or stored: passwords in URLs, {@code password=..} and its
 * like, signatures of shared access (SAS) and of AWS, private keys.
 */
public final class Secrets {
  /** What stands for a secret. */
  public static final String MASK = "*****";

  /** {@code scheme://user:password@host}; a number and a slash are a port and a path. */
  private static final Pattern USER = Pattern.compile("(://[^/\\s:@\\[]*:)(?!\\d+/)\\S+@");

  /** {@code jdbc:oracle:thin:user/password@host}; user and password may be quoted. */
  private static final Pattern ORACLE =
      Pattern.compile(
          "(?i)(jdbc:oracle:\\w+:(?:\\\\?\"[^\"]*\"|[^/@\\s\"]*)/)(?:\\\\?\"[^\"]*\"|\\S+)(?=@)");

  /** The text of a private key, with or without line ends. */
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("(-----BEGIN [A-Z ]*PRIVATE KEY-----)[^-]*");

  /** Words that tell a secret wherever they stand in a key. */
  private static final String WORDS =
      "password|passwd|passphrase|secret|token|authorization|credential";

  private static final String SECRET =
      "(?:(?:"
          + WORDS
          + ")s?|pwd|(?<![a-z])pass(?:code)?|bearer|api[_.-]?key|access[_.-]?key|account[_.-]?key"
          + "|shared[_.-]?key|private[_.-]?key|pvt[_.-]?key|sig|signature)"
          + "(?:[_.-]?(?:id|key|value))?";

  /** A key that names a secret by its words, such as {@code fs.s3a.secret.key}. */
  private static final Pattern KEY =
      Pattern.compile("(?i)(?:.*[^a-z])?" + SECRET + "|.*(?:" + WORDS + ").*");

  /** A value: quoted, in braces as in JDBC where a brace is doubled, or a word. */
  private static final String VALUE =
      "\\\\?[\"']?)(?:(?<=\")[^\"]+(?=\")|(?<=')[^']+(?=')|\\{[^}]*+(?:}}[^}]*+)*+}|[^&;,\\s\"'()]+)";

  /** {@code key=value}, {@code key:value} and {@code "key": "value"}. */
  private static final Pattern PAIR =
      Pattern.compile(
          "(?i)("
              + SECRET
              + "(?:\\\\?[\"']?\\s*=\\s*|\\\\?[\"']?:(?!\\s)|\\\\?[\"']\\s*:\\s*(?=\\\\?[\"'{\\d]))"
              + VALUE);

  /** {@code key: value}, unless the key is the end of a path that a sentence goes on after. */
  private static final Pattern LINE =
      Pattern.compile("(?i)(?<!/[^/\\s]{0,80})(" + SECRET + "\\s*:\\s+" + VALUE);

  /** {@code Bearer TOKEN}. */
  private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer[\\s_]+)[^&;,\\s\"'()]+");

  private Secrets() {}

  /** Returns the text with secrets masked. */
  public static String masked(String text) {
    String withoutKeys = PRIVATE_KEY.matcher(text).replaceAll("$1" + MASK);
    String withoutOracle = ORACLE.matcher(withoutKeys).replaceAll("$1" + MASK);
    String withoutUsers = USER.matcher(withoutOracle).replaceAll("$1" + MASK + "@");
    String withoutPairs = PAIR.matcher(withoutUsers).replaceAll("$1" + MASK);
    String withoutLines = LINE.matcher(withoutPairs).replaceAll("$1" + MASK);
    return BEARER.matcher(withoutLines).replaceAll("$1" + MASK);
  }

  /** Whether a key by itself says that its value is a secret. */
  public static boolean isSecret(String key) {
    return KEY.matcher(key).matches();
  }
}
