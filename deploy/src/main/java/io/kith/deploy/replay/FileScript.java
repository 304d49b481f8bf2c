package io.kith.deploy.replay;

import io.kith.deploy.edges.Recording;
import io.kith.model.Interaction;
import io.kith.operators.Arrival;
import io.kith.operators.ArrivalScript;
import io.kith.operators.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A file's interactions and the pairs to score between them, dealt out to partitions in turns; self
 * loops are left out. Each partition reads the files for itself, and has all in the order of
 * windows.
 *
 * @param file path of the file
 * @param limit of its interactions, the first so many are meant
 * @param inOrder whether they stand in the order of their windows
 * @param pairs path of the file of pairs, in any order; null for none
 * @param windowMs length of a window, ms
 */
record FileScript(
    String file, long limit, boolean inOrder, String pairs, long windowMs, int partitions)
    implements ArrivalScript {
  static FileScript of(ReplayPlan plan) {
    Survey edges = plan.edges();
    return new FileScript(
        edges.file().toString(),
        edges.limit(),
        edges.inOrder(),
        plan.pairsFile() == null ? null : plan.pairsFile().toString(),
        plan.windowMs(),
        plan.parallelism());
  }

  @Override
  public Iterator<Arrival> open(int partition, long from) {
    try {
      Dealt dealt = new Dealt(partition, partitions, edges().open(), questions(), windowMs);
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

  private Iterator<Interaction> questions() throws IOException {
    List<Interaction> all =
        pairs == null ? new ArrayList<>() : Recording.read(Path.of(pairs), Long.MAX_VALUE);
    all.sort(Interaction.CANONICAL);
    return all.iterator();
  }

  /** The arrivals of one partition; the file is closed at its end. */
  private static final class Dealt implements Iterator<Arrival> {
    private final int partition;
    private final int partitions;
    private final Survey.Ordered edges;
    private final Iterator<Interaction> questions;
    private final long windowMs;
    private long place;
    private long asked;
    private long told;
    private Interaction edge;
    private Interaction question;

    Dealt(
        int partition,
        int partitions,
        Survey.Ordered edges,
        Iterator<Interaction> questions,
        long windowMs)
        throws IOException {
      this.partition = partition;
      this.partitions = partitions;
      this.edges = edges;
      this.questions = questions;
      this.windowMs = windowMs;
      advanceEdge();
      advanceQuestion();
    }

    private void advanceEdge() throws IOException {
      edge = null;
      while (edge == null && edges.interactions().hasNext()) {
        Interaction interaction = edges.interactions().next();
        if (!interaction.isSelfLoop() && place++ % partitions == partition) {
          edge = interaction;
        }
      }
      if (edge == null) {
        edges.close();
      }
    }

    private void advanceQuestion() {
      question = null;
      while (question == null && questions.hasNext()) {
        Interaction pair = questions.next();
        if (asked++ % partitions == partition) {
          question = pair;
        }
      }
    }

    /** Whether the question is next: its window is not after that of the edge. */
    private boolean asksNext() {
      return question != null
          && (edge == null || window(question.timestamp()) <= window(edge.timestamp()));
    }

    private long window(long t) {
      return windowMs == 0 ? t : Math.floorDiv(t, windowMs);
    }

    @Override
    public boolean hasNext() {
      return edge != null || question != null;
    }

    @Override
    public Arrival next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more: partition=" + partition);
      }
      Origin origin = new Origin("edges", partition, told++, 0);
      if (asksNext()) {
        Arrival arrival = Arrival.question(origin, question);
        advanceQuestion();
        return arrival;
      }
      Arrival arrival = Arrival.of(origin, edge);
      try {
        advanceEdge();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return arrival;
    }
  }
}
