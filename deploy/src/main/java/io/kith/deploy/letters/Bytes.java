package io.kith.deploy.letters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes that may be anything, as text. */
final class Bytes {
  private Bytes() {}

  /** What they say, where they are UTF-8. */
  static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * For a terminal: what could move its cursor is escaped, and the end of much is left out.
   *
   * @param most characters shown
   */
  static String shown(byte[] bytes, int most) {
    if (bytes == null) {
      return "none";
    }
    String text = text(bytes).orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1));
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(most, text.length()); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        shown.append("\\x%02x".formatted((int) c));
      } else {
        shown.append(c);
      }
    }
    return text.length() <= most
        ? shown.toString()
        : shown.append("... (%,d bytes)".formatted(bytes.length)).toString();
  }
}
