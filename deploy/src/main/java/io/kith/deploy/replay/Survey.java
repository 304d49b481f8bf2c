package io.kith.deploy.replay;

import io.kith.deploy.edges.Interactions;
import io.kith.deploy.edges.Recording;
import io.kith.model.Interaction;
import io.kith.operators.LocalReplay;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a file holds, found by reading it once before anything starts.
 *
 * @param file the interactions
 * @param limit of them, the first so many are meant
 * @param inOrder whether they stand in the order of their windows
 * @param nodes ids in the order of their first appearance
 */
record Survey(Path file, long limit, boolean inOrder, Set<String> nodes) {
  /**
   * Reads the file.
   *
   * @param features how many an interaction must have
   * @throws IllegalArgumentException where one has another number
   */
  static Survey of(Path file, long limit, long windowMs, int features) throws IOException {
    try (Interactions all = new Interactions(file, limit)) {
      Watched watched = new Watched(all, features);
      boolean inOrder = LocalReplay.inOrder(watched, windowMs);
      watched.forEachRemaining(interaction -> {});
      return new Survey(file, limit, inOrder, watched.nodes);
    }
  }

  /** The interactions in the order of their windows; sorted in memory where the file is not. */
  Ordered open() throws IOException {
    if (inOrder) {
      Interactions interactions = new Interactions(file, limit);
      return new Ordered(interactions, interactions::close);
    }
    List<Interaction> all = Recording.read(file, limit);
    all.sort(Interaction.CANONICAL);
    return new Ordered(all.iterator(), () -> {});
  }

  /** Interactions, and the file to close after them. */
  record Ordered(Iterator<Interaction> interactions, Closeable file) implements Closeable {
    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** Passes interactions on, noting their nodes. */
  private static final class Watched implements Iterator<Interaction> {
    private final Interactions all;
    private final int features;
    private final Set<String> nodes = new LinkedHashSet<>();

    Watched(Interactions all, int features) {
      this.all = all;
      this.features = features;
    }

    @Override
    public boolean hasNext() {
      return all.hasNext();
    }

    @Override
    public Interaction next() {
      Interaction next = all.next();
      if (next.features().length != features) {
        throw new IllegalArgumentException(
            "interaction of another dimension than the model's: source=%s, target=%s, timestamp=%d, features=%d, expected=%d"
                .formatted(
                    next.source(),
                    next.target(),
                    next.timestamp(),
                    next.features().length,
                    features));
      }
      nodes.add(next.source());
      nodes.add(next.target());
      return next;
    }
  }
}
