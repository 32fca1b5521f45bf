/**
 * What every package needs: argument checks, the exceptions that users see, the words of enums, and
 * names as untrusted text.
 *
 * <p>Notation: a <em>sentence</em> says what could not be done, the rule and the value seen; a
 * <em>remedy</em>, what the user can do.
 *
 * <pre>{@code
 * Check.that(lambda >= 0, "Cannot fit: lambda must be >= 0, was %s", lambda);
 * throw new DataException("there is no feature", Remedy.of("name one by %s", Option.FEATURES));
 * String word = Words.of(Rule.CV_MIN); // cv-min
 * }</pre>
 */
package org.ridgeline.base;
