package io.kith.deploy.replay;

import io.kith.model.Interaction;
import io.kith.operators.Arrival;
import io.kith.operators.ArrivalScript;
import io.kith.operators.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A file's interactions, dealt out to partitions in turns; self loops are left out. Each partition
 * reads the file for itself.
 *
 * @param file path of the file
 * @param limit of its interactions, the first so many are meant
 * @param inOrder whether they stand in the order of their windows
 */
record FileScript(String file, long limit, boolean inOrder, int partitions)
    implements ArrivalScript {
  static FileScript of(ReplayPlan plan) {
    Survey edges = plan.edges();
    return new FileScript(
        edges.file().toString(), edges.limit(), edges.inOrder(), plan.parallelism());
  }

  @Override
  public Iterator<Arrival> open(int partition, long from) {
    try {
      Dealt dealt = new Dealt(partition, partitions, edges().open());
      for (long i = 0; i < from; i++) {
        dealt.next();
      }
      return dealt;
    } catch (IOException e) {
      throw new UncheckedIOException("file cannot be read: file=" + file, e);
    }
  }

  private Survey edges() {
    return new Survey(Path.of(file), limit, inOrder, Set.of());
  }

  /** The arrivals of one partition; the file is closed at its end. */
  private static final class Dealt implements Iterator<Arrival> {
    private final int partition;
    private final int partitions;
    private final Survey.Ordered edges;
    private long place;
    private Interaction next;

    Dealt(int partition, int partitions, Survey.Ordered edges) throws IOException {
      this.partition = partition;
      this.partitions = partitions;
      this.edges = edges;
      advance();
    }

    private void advance() throws IOException {
      next = null;
      while (next == null && edges.interactions().hasNext()) {
        Interaction interaction = edges.interactions().next();
        if (!interaction.isSelfLoop() && place++ % partitions == partition) {
          next = interaction;
        }
      }
      if (next == null) {
        edges.close();
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Arrival next() {
      if (next == null) {
        throw new NoSuchElementException("no more: partition=" + partition);
      }
      Arrival arrival = Arrival.of(new Origin("edges", partition, place - 1, 0), next);
      try {
        advance();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return arrival;
    }
  }
}
