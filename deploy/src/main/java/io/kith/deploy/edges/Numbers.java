package io.kith.deploy.edges;

/** Reads the fields of an interaction, or says which one is wrong. */
final class Numbers {
  private Numbers() {}

  static String id(String name, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(name + " is empty: " + name + "=''");
    }
    return text;
  }

  static long timestamp(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("timestamp is not a whole number: timestamp=" + text, e);
    }
  }

  static float feature(String text, int index) {
    float value;
    try {
      value = Float.parseFloat(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("feature is not a number: f" + index + "=" + text, e);
    }
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("feature is not finite: f" + index + "=" + text);
    }
    return value;
  }
}
