package io.kith.operators;

import io.kith.model.Interaction;
import io.kith.model.Weights;
import io.kith.model.WeightsFile;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The golden vectors: 10,000 interactions of CollegeMsg and what the specification makes of them.
 */
final class Golden {
  private Golden() {}

  static byte[] weightsFile() {
    try (InputStream in = open("model.safetensors")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Weights weights() {
    return WeightsFile.read("golden", new ByteArrayInputStream(weightsFile()));
  }

  /** The interactions in the order of the file. */
  static List<Interaction> edges() {
    return rows("edges").stream()
        .map(row -> new Interaction(row[0], row[1], Long.parseLong(row[2])))
        .toList();
  }

  /** The lines of a gzip CSV file without its header, split at commas. */
  static List<String[]> rows(String name) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(open(name + ".csv.gz")), StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InputStream open(String name) {
    return Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/uci/" + name), name);
  }
}
