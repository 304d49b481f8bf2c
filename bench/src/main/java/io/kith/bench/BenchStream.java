package io.kith.bench;

import io.kith.deploy.demo.DemoStream;
import io.kith.deploy.local.ModelFile;
import io.kith.model.Interaction;
import io.kith.model.Weights;
import io.kith.model.WeightsFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The recorded stream and the model that come with Kith: what all measures run on, so that figures
 * of two machines can be compared. Immutable; any thread.
 *
 * @param interactions in the canonical order, without self loops
 * @param nodes how many there are
 */
record BenchStream(List<Interaction> interactions, int nodes, Weights weights) {
  /** Length of windows, ms: as the job has them unless told otherwise. */
  static final long WINDOW_MS = 1_000;

  /**
   * Reads both.
   *
   * @param folder for a copy
   */
  static BenchStream load(Path folder) throws IOException {
    List<Interaction> all =
        new ArrayList<>(DemoStream.bundled(folder, Integer.MAX_VALUE).interactions());
    all.removeIf(Interaction::isSelfLoop);
    all.sort(Interaction.CANONICAL);
    Set<Long> keys = new HashSet<>();
    for (Interaction interaction : all) {
      keys.add(interaction.sourceKey());
      keys.add(interaction.targetKey());
    }
    Weights weights =
        WeightsFile.read("the bundled model", new ByteArrayInputStream(ModelFile.bundled()));
    return new BenchStream(List.copyOf(all), keys.size(), weights);
  }

  /** The same interactions once more, after they have been played {@code times} times. */
  List<Interaction> again(int times) {
    long first = interactions.get(0).timestamp();
    long last = interactions.get(interactions.size() - 1).timestamp();
    long later = times * (last - first + WINDOW_MS);
    List<Interaction> again = new ArrayList<>(interactions.size());
    for (Interaction i : interactions) {
      again.add(
          new Interaction(
              i.source(),
              i.sourceKey(),
              i.target(),
              i.targetKey(),
              i.timestamp() + later,
              i.features()));
    }
    return again;
  }
}
