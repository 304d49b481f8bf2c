package io.kith.operators;

import io.kith.model.Embedder;
import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.NodeKey;
import io.kith.model.NodeRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * The CSV files of a replay, in the columns and digits of the specification's own replay. Not safe
 * for concurrent use.
 */
public final class ReplayFiles {
  private static final MathContext NINE_DIGITS = new MathContext(9, RoundingMode.HALF_EVEN);

  private ReplayFiles() {}

  /** {@code timestamp,source,target,score}: the header, for {@link #score} to follow. */
  public static void scoresHeader(Writer out) {
    write(out, "timestamp,source,target,score\n");
  }

  /** A line of scores. */
  public static void score(Writer out, Interaction pair, float score) {
    write(
        out,
        pair.timestamp()
            + ","
            + csv(pair.source())
            + ","
            + csv(pair.target())
            + ","
            + text(score)
            + "\n");
  }

  /** {@code id,e0,e1,...}: writes a file of embeddings. */
  public static void embeddings(
      Writer out, ModelSizes sizes, LocalReplay replay, Iterable<String> ids) {
    Embedder embedder = new Embedder(sizes);
    float[] vector = new float[sizes.embedding()];
    embeddingsHeader(out, vector.length);
    replay.forEach(
        ids,
        (id, key, record) -> {
          embedder.embed(record, vector);
          embedding(out, id, vector);
        });
  }

  /** {@code id,e0,e1,...}: the header, for {@link #embedding} to follow. */
  public static void embeddingsHeader(Writer out, int length) {
    StringBuilder header = new StringBuilder("id");
    for (int j = 0; j < length; j++) {
      header.append(",e").append(j);
    }
    write(out, header.append('\n').toString());
  }

  /** A line of embeddings. */
  public static void embedding(Writer out, String id, float[] vector) {
    StringBuilder line = new StringBuilder(csv(id));
    for (float x : vector) {
      line.append(',').append(text(x));
    }
    write(out, line.append('\n').toString());
  }

  /** {@code id,key,tau,n,hop1,hop2}: writes a file of the integers of each record. */
  public static void records(
      Writer out, ModelSizes sizes, LocalReplay replay, Iterable<String> ids) {
    recordsHeader(out);
    replay.forEach(ids, (id, key, record) -> write(out, recordLine(sizes, id, key, record)));
  }

  /** {@code id,key,tau,n,hop1,hop2}: the header, for {@link #record} to follow. */
  public static void recordsHeader(Writer out) {
    write(out, "id,key,tau,n,hop1,hop2\n");
  }

  /** A line of records, as the job tells it to {@link KithJob.Ends#records}. */
  public static void record(Writer out, OutputRecord told) {
    write(out, new String(told.value(), StandardCharsets.UTF_8));
  }

  static String recordLine(ModelSizes sizes, String id, long key, NodeRecord record) {
    return String.join(
            ",",
            csv(id),
            Long.toString(key),
            Long.toString(record.tau()),
            Integer.toString(record.interactions()),
            hop1(record, sizes.hop1()),
            hop2(record, sizes.hop2()))
        + "\n";
  }

  private static String hop1(NodeRecord record, int slots) {
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < slots; i++) {
      if (record.hop1Key(i) != NodeKey.EMPTY) {
        text.add(
            i
                + ":"
                + record.hop1Key(i)
                + ":"
                + record.hop1Time(i)
                + ":"
                + record.hop1Count(i)
                + ":"
                + record.hop1Direction(i));
      }
    }
    return text.toString();
  }

  private static String hop2(NodeRecord record, int slots) {
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < slots; i++) {
      if (record.hop2Key(i) != NodeKey.EMPTY) {
        text.add(i + ":" + record.hop2Key(i) + ":" + record.hop2Time(i));
      }
    }
    return text.toString();
  }

  /**
   * A float with nine significant digits, which tell it from every other: C's {@code %.9g}. Written
   * out here, for Java's shortest form differs between releases.
   */
  static String text(float x) {
    if (x == 0 || !Float.isFinite(x)) {
      return x == 0 ? "0" : Float.toString(x);
    }
    BigDecimal rounded = new BigDecimal(x).round(NINE_DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < NINE_DIGITS.getPrecision()) {
      return rounded.toPlainString();
    }
    BigDecimal mantissa = rounded.movePointLeft(exponent);
    return "%se%s%02d"
        .formatted(mantissa.toPlainString(), exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /** A text as a CSV field: in quotes where it holds a comma, a quote or a line break. */
  private static String csv(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static void write(Writer out, String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException("replay file could not be written", e);
    }
  }
}
