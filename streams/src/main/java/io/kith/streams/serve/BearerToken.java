package io.kith.streams.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * The secret that requests must bring, as RFC 6750 has it. Compared in a time that says nothing of
 * how much is right, nor of its length. Its text is never shown. Any thread.
 */
final class BearerToken {
  private static final String SCHEME = "Bearer ";
  private static final int LEAST = 16;

  /** What RFC 6750 allows in a token. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{" + LEAST + ",4096}=*");

  private final String secret;
  private final byte[] digest;

  /**
   * @throws IllegalArgumentException where it is too short or could not stand in a header
   */
  BearerToken(String secret) {
    if (!FORM.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          "the token must have at least "
              + LEAST
              + " letters, digits and '-._~+/', the rest '=' (its text is not shown)");
    }
    this.secret = secret;
    this.digest = digest(secret);
  }

  /** True where the header {@code Authorization} brings it; null stands for none. */
  boolean isIn(String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    return MessageDigest.isEqual(digest, digest(header.substring(SCHEME.length()).strip()));
  }

  /** The header {@code Authorization} with it, for other instances. */
  String header() {
    return SCHEME + secret;
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it: algorithm=SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "BearerToken(not shown)";
  }
}
