package io.kith.streams.intake;

import com.fasterxml.jackson.databind.JsonNode;

/** What a reason repeats of a foreign value: never all of a long one. */
final class Shown {
  private static final int MOST = 40;

  private Shown() {}

  static String of(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "...";
  }

  static String of(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? of(node.asText()) : node.getNodeType().toString();
  }
}
