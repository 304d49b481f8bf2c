package io.kith.deploy.console;

/** Texts that fit into a number of columns. */
final class Width {
  private Width() {}

  /** The text, or its beginning; escape sequences take no room. */
  static String cut(String text, int columns) {
    int shown = 0;
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '\u001b') {
        int end = text.indexOf('m', at);
        at = end < 0 ? text.length() : end + 1;
        continue;
      }
      if (shown == columns) {
        return text.substring(0, at) + Style.RESET;
      }
      at += Character.charCount(text.codePointAt(at));
      shown++;
    }
    return text;
  }
}
