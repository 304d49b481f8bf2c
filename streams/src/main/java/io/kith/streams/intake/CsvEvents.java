package io.kith.streams.intake;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * A CSV line a record, quoted as RFC 4180 has it. The body has a field for each column, by the name
 * that was given or else by its number from 1; all are text.
 */
final class CsvEvents implements EventFormat {
  /** Quoted separators count too; what a line needs of the heap is bounded by this, some 20 MB. */
  private static final long MOST_SEPARATORS = 100_000;

  private final char separator;
  private final List<String> columns;
  private final ObjectReader lines;

  /**
   * @param columns their names; empty where they go by number
   */
  CsvEvents(char separator, List<String> columns) {
    this.separator = separator;
    this.columns = List.copyOf(columns);
    this.lines =
        new CsvMapper()
            .readerForListOf(String.class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(CsvSchema.emptySchema().withColumnSeparator(separator));
  }

  @Override
  public Event open(byte[] key, byte[] value, Function<String, String> headers) throws Unfit {
    List<String> cells = cells(text(value));
    if (!columns.isEmpty() && cells.size() != columns.size()) {
      throw new Unfit(
          "another number of columns: found=%d, expected=%d"
              .formatted(cells.size(), columns.size()));
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < cells.size(); i++) {
      body.put(columns.isEmpty() ? Integer.toString(i + 1) : columns.get(i), cells.get(i));
    }
    return Event.of(body);
  }

  private List<String> cells(String text) throws Unfit {
    long separators = text.chars().filter(c -> c == separator).count();
    if (separators > MOST_SEPARATORS) {
      throw new Unfit(
          "too many columns: separators=%d, most=%d".formatted(separators, MOST_SEPARATORS));
    }
    try (MappingIterator<List<String>> found = lines.readValues(text)) {
      if (!found.hasNextValue()) {
        throw new Unfit("no CSV line: length=" + text.length());
      }
      List<String> cells = found.nextValue();
      if (found.hasNextValue()) {
        throw new Unfit("more than one CSV line: length=" + text.length());
      }
      return cells;
    } catch (IOException e) {
      throw new Unfit("not CSV: malformed quotes or columns, length=" + text.length());
    }
  }

  private static String text(byte[] value) throws Unfit {
    if (value == null) {
      throw new Unfit("no value: length=0");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      throw new Unfit("not UTF-8: length=" + value.length);
    }
  }
}
