package io.kith.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a record of given sizes in text: eight bytes a row, then a table of the fields. */
final class RecordDrawing {
  private static final int ROW = 8;
  private static final int BYTE = 8;
  private static final String INDENT = "     ";

  private final RecordLayout layout;
  private final StringBuilder out = new StringBuilder();

  private RecordDrawing(RecordLayout layout) {
    this.layout = layout;
  }

  /** The diagram and the table as Markdown. */
  static String of(RecordLayout layout) {
    return new RecordDrawing(layout).draw();
  }

  private String draw() {
    StringBuilder ruler = new StringBuilder(INDENT + " ");
    for (int at = 0; at < ROW; at++) {
      ruler.append(centred("+" + at, BYTE));
    }
    out.append("```text\n").append(ruler.toString().stripTrailing()).append('\n');
    List<RecordField> row = new ArrayList<>();
    for (RecordField field : RecordField.of(layout)) {
      if (!row.isEmpty() && field.offset() % ROW == 0) {
        drawBox(row);
        row.clear();
      }
      if (field.count() > 0) {
        row.add(field);
      }
    }
    if (!row.isEmpty()) {
      drawBox(row);
    }
    out.append(INDENT).append(rule(List.of())).append('\n');
    line(layout.length(), "(end)");
    out.append("```\n\n| offset | bytes | field | type | unit | meaning |\n");
    out.append("| ---: | ---: | --- | --- | --- | --- |\n");
    for (RecordField field : RecordField.of(layout)) {
      out.append(
          String.format(
              Locale.ROOT,
              "| %d | %d | %s | %s | %s | %s |\n",
              field.offset(),
              field.end() - field.offset(),
              field.name(),
              field.type(),
              field.unit(),
              field.meaning()));
    }
    return out.toString();
  }

  /** One field over its whole length, or a few that share eight bytes. */
  private void drawBox(List<RecordField> row) {
    out.append(INDENT).append(rule(row)).append('\n');
    StringBuilder boxes = new StringBuilder("|");
    for (RecordField field : row) {
      int bytes = row.size() == 1 ? ROW : field.end() - field.offset();
      String label = bytes < ROW / 2 ? field.name() : field.name() + ": " + field.type();
      boxes.append(centred(label, bytes * BYTE - 1)).append('|');
    }
    line(row.get(0).offset(), boxes.toString());
    if (row.size() == 1 && row.get(0).end() - row.get(0).offset() > ROW) {
      out.append(INDENT).append(':').append(" ".repeat(ROW * BYTE - 1)).append(":\n");
    }
  }

  private void line(int offset, String text) {
    out.append(String.format(Locale.ROOT, "%4d %s\n", offset, text));
  }

  /** The line above a row, with a joint where two fields of the row meet. */
  private static String rule(List<RecordField> row) {
    StringBuilder rule = new StringBuilder("+" + "-".repeat(ROW * BYTE - 1) + "+");
    for (RecordField field : row) {
      rule.setCharAt(field.offset() % ROW * BYTE, '+');
    }
    return rule.toString();
  }

  private static String centred(String text, int width) {
    int left = (width - text.length()) / 2;
    return " ".repeat(left) + text + " ".repeat(width - text.length() - left);
  }
}
