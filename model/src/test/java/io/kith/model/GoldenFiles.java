package io.kith.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** One folder of golden vectors under {@code src/test/resources/golden}. */
public record GoldenFiles(String folder) {

  public Weights weights() {
    return WeightsFile.read("model.safetensors", open("model.safetensors"));
  }

  public List<Interaction> interactions(String name) {
    return rows(name).stream().map(GoldenFiles::interaction).toList();
  }

  private static Interaction interaction(String[] row) {
    float[] features = new float[row.length - 3];
    for (int i = 0; i < features.length; i++) {
      features[i] = Float.parseFloat(row[3 + i]);
    }
    return new Interaction(row[0], row[1], Long.parseLong(row[2]), features);
  }

  /** The lines of a gzip CSV file without its header, split at commas. */
  public List<String[]> rows(String name) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(open(name + ".csv.gz")), StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputStream open(String name) {
    return Objects.requireNonNull(
        GoldenFiles.class.getResourceAsStream("/golden/" + folder + "/" + name), name);
  }
}
