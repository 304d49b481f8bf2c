package io.kith.deploy.edges;

import java.util.ArrayList;
import java.util.List;

/** Cuts one line of CSV into its fields (RFC 4180, without line breaks inside fields). */
final class CsvLine {
  private CsvLine() {}

  /**
   * The fields in order; quotes around a field are removed, doubled ones inside become one.
   *
   * @throws IllegalArgumentException where a quote is left open or followed by text
   */
  static List<String> split(String line) {
    List<String> fields = new ArrayList<>(4);
    int from = 0;
    while (true) {
      int end;
      if (from < line.length() && line.charAt(from) == '"') {
        StringBuilder field = new StringBuilder();
        end = quoted(line, from + 1, field);
        fields.add(field.toString());
      } else {
        int comma = line.indexOf(',', from);
        end = comma < 0 ? line.length() : comma;
        fields.add(line.substring(from, end));
      }
      if (end == line.length()) {
        return fields;
      }
      from = end + 1;
    }
  }

  /** Reads on behind an opening quote; returns where the comma or the end is. */
  private static int quoted(String line, int from, StringBuilder field) {
    int at = from;
    while (true) {
      int quote = line.indexOf('"', at);
      if (quote < 0) {
        throw new IllegalArgumentException("a quote is not closed: column=" + from);
      }
      field.append(line, at, quote);
      int next = quote + 1;
      if (next == line.length() || line.charAt(next) == ',') {
        return next;
      }
      if (line.charAt(next) != '"') {
        throw new IllegalArgumentException("text after a closing quote: column=" + (next + 1));
      }
      field.append('"');
      at = next + 1;
    }
  }
}
