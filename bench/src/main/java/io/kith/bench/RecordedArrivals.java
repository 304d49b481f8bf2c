package io.kith.bench;

import io.kith.model.Interaction;
import io.kith.operators.Arrival;
import io.kith.operators.ArrivalScript;
import io.kith.operators.Origin;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Interactions in memory, dealt out to partitions in turns. A script travels to its job in
 * serialised form, so the interactions stay behind: one list a process, set before a job starts.
 */
record RecordedArrivals(int partitions) implements ArrivalScript {
  private static final long serialVersionUID = 1L;

  private static volatile List<Interaction> interactions = List.of();

  /** Takes what the jobs to come shall read. */
  static void play(List<Interaction> recorded) {
    interactions = List.copyOf(recorded);
  }

  @Override
  public Iterator<Arrival> open(int partition, long from) {
    List<Interaction> all = interactions;
    return new Iterator<>() {
      private long next = from;

      private long place() {
        return next * partitions + partition;
      }

      @Override
      public boolean hasNext() {
        return place() < all.size();
      }

      @Override
      public Arrival next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no more: partition=" + partition);
        }
        Interaction interaction = all.get((int) place());
        return Arrival.of(new Origin("recorded", partition, next++, 0), interaction);
      }
    };
  }
}
