package io.kith.streams.serve;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Takes apart the path of a request as it stands in the request line. */
final class RequestPath {
  private RequestPath() {}

  /**
   * The segments, not decoded yet: an id may have a slash in it, as {@code %2F}.
   *
   * @param path begins with a slash
   */
  static List<String> segments(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }

  /**
   * The id of a node that a segment stands for.
   *
   * @throws ProblemException where it is empty, or not UTF-8 in percent-encoding
   */
  static String node(String segment) {
    ByteBuffer bytes = ByteBuffer.allocate(segment.length() * 3);
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%') {
        bytes.put(octet(segment, i));
        i += 2;
      } else {
        bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      String node = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
      if (!node.isEmpty()) {
        return node;
      }
    } catch (CharacterCodingException e) {
      // As any other that is no id.
    }
    throw notAnId(segment);
  }

  private static byte octet(String segment, int at) {
    String digits = at + 3 <= segment.length() ? segment.substring(at + 1, at + 3) : "";
    if (!digits.toLowerCase(Locale.ROOT).matches("[0-9a-f]{2}")) {
      throw notAnId(segment);
    }
    return (byte) Integer.parseInt(digits, 16);
  }

  private static ProblemException notAnId(String segment) {
    return ProblemException.parameter(
        "id", segment, "one character or more in percent-encoded UTF-8");
  }
}
