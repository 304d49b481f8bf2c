package io.kith.deploy.edges;

import io.kith.model.Interaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A whole file in memory. */
public final class Recording {
  private Recording() {}

  /**
   * Reads a file.
   *
   * @param limit interactions at most
   * @throws java.io.UncheckedIOException where a line is malformed
   */
  public static List<Interaction> read(Path file, long limit) throws IOException {
    List<Interaction> all = new ArrayList<>();
    try (Interactions interactions = new Interactions(file, limit)) {
      interactions.forEachRemaining(all::add);
    }
    return all;
  }
}
