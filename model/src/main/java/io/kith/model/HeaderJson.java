package io.kith.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON of a safetensors header: objects, arrays, strings and whole numbers, nothing else.
 * This module has no JSON library, for it depends on the JDK alone. One use each; not safe for
 * concurrent use.
 */
final class HeaderJson {
  private static final int DEEPEST = 8;

  private final String text;
  private int at;

  private HeaderJson(String text) {
    this.text = text;
  }

  /**
   * Objects become {@code Map<String, Object>}, arrays {@code List<Object>}, numbers {@code Long}.
   *
   * @throws IllegalArgumentException with the position of what is not expected
   */
  static Map<?, ?> read(String text) {
    HeaderJson json = new HeaderJson(text);
    Object value = json.value(0);
    json.skipSpace();
    if (json.at < text.length() || !(value instanceof Map<?, ?> object)) {
      throw json.unexpected("one JSON object");
    }
    return object;
  }

  private Object value(int depth) {
    skipSpace();
    char next = at < text.length() ? text.charAt(at) : 0;
    if (depth > DEEPEST) {
      throw unexpected("less nesting");
    }
    return switch (next) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    if (take('}')) {
      return object;
    }
    do {
      skipSpace();
      String name = string();
      if (!take(':')) {
        throw unexpected("':'");
      }
      if (object.put(name, value(depth + 1)) != null) {
        throw unexpected("no second '" + name + "'");
      }
    } while (take(','));
    if (!take('}')) {
      throw unexpected("'}'");
    }
    return object;
  }

  private List<Object> array(int depth) {
    List<Object> array = new ArrayList<>();
    at++;
    if (take(']')) {
      return array;
    }
    do {
      array.add(value(depth + 1));
    } while (take(','));
    if (!take(']')) {
      throw unexpected("']'");
    }
    return array;
  }

  private String string() {
    if (at >= text.length() || text.charAt(at) != '"') {
      throw unexpected("a string");
    }
    StringBuilder string = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      string.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
    }
    if (at >= text.length()) {
      throw unexpected("the end of a string");
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    at++;
    char escape = at < text.length() ? text.charAt(at) : 0;
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw unexpected("an escape of JSON");
    };
  }

  private char hexadecimal() {
    if (at + 4 >= text.length()) {
      throw unexpected("four hexadecimal digits");
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
  }

  private Long number() {
    int from = at;
    while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Long.valueOf(text.substring(from, at));
    } catch (NumberFormatException e) {
      at = from;
      throw (IllegalArgumentException) unexpected("a whole number").initCause(e);
    }
  }

  private boolean take(char wanted) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException(
        "header is not the JSON of a weights file: expected=%s, position=%d"
            .formatted(expected, at));
  }
}
