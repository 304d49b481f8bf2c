package io.kith.operators;

import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import io.kith.model.NodeRecord;
import io.kith.model.PairScorer;
import io.kith.model.Weights;
import io.kith.state.RecordLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs interactions through the model in this process, without Flink and at full speed, with the
 * same laps as the job. With several lanes the nodes are shared out by key group, as among
 * subtasks, and big windows are worked off by as many threads; the result has the same bytes. Not
 * safe for concurrent use.
 */
public final class LocalReplay implements AutoCloseable {
  private final Weights weights;
  private final Windows windows;
  private final RecordLayout layout;
  private final KeyGroups keyGroups;
  private final Lanes lanes;
  private final PairScorer scorer;
  private final StoredRecord blank;
  private final StoredRecord ofSource;
  private final StoredRecord ofTarget;
  private float[] pairScores = {};

  /** Takes predictions in the canonical order; each is valid during the call. */
  @FunctionalInterface
  public interface Scores {
    void scored(Interaction interaction, ReusedPrediction prediction);
  }

  /** Takes nodes as they are after the last window; {@code record} is valid during the call. */
  @FunctionalInterface
  public interface Nodes {
    void node(String id, long key, NodeRecord record);
  }

  /**
   * What a replay is told.
   *
   * @param windowMs length W of a window, ms; 0 makes each distinct time its own
   * @param predictions what a prediction says beside its score
   * @param maxParallelism number of key groups, from which negatives are drawn
   * @param parallelism lanes
   * @param retention how many nodes are kept, and for how long
   */
  public record Settings(
      long windowMs,
      PredictionSettings predictions,
      int maxParallelism,
      int parallelism,
      Retention retention) {
    /** Predictions with ranks among so many negatives, and no explanations. */
    public Settings(
        long windowMs, int negatives, int maxParallelism, int parallelism, Retention retention) {
      this(windowMs, PredictionSettings.ranks(negatives), maxParallelism, parallelism, retention);
    }
  }

  /**
   * A replay with no nodes yet.
   *
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public LocalReplay(Weights weights, Settings settings) {
    if (settings.parallelism() < 1 || settings.parallelism() > settings.maxParallelism()) {
      throw new IllegalArgumentException(
          "parallelism out of bounds: parallelism=%d, max-parallelism=%d"
              .formatted(settings.parallelism(), settings.maxParallelism()));
    }
    this.weights = weights;
    this.windows = new Windows(settings.windowMs());
    this.layout = StoredRecord.layout(weights.sizes());
    this.keyGroups = new KeyGroups(settings.maxParallelism(), settings.parallelism());
    this.lanes =
        new Lanes(weights, windows, keyGroups, settings.predictions(), settings.retention());
    this.scorer = new PairScorer(weights);
    this.blank = StoredRecord.blank(layout);
    this.ofSource = new StoredRecord(layout);
    this.ofTarget = new StoredRecord(layout);
  }

  /**
   * Whether interactions can be replayed as they come: each in the window of the one before or in a
   * later one. What cannot must be sorted by {@link Interaction#CANONICAL} first.
   */
  public static boolean inOrder(Iterator<Interaction> interactions, long windowMs) {
    Windows windows = new Windows(windowMs);
    long last = Long.MIN_VALUE;
    while (interactions.hasNext()) {
      long window = windows.of(interactions.next().timestamp());
      if (window < last) {
        return false;
      }
      last = window;
    }
    return true;
  }

  /**
   * Replays interactions, window by window; one window at a time is in memory. Self loops are left
   * out.
   *
   * @param interactions in the order of their windows, see {@link #inOrder}
   * @param pairs further pairs, scored from the records before their window and not applied
   * @throws IllegalArgumentException if the order is broken, if the features of an interaction are
   *     not as many as the model's, or if a pair is of a node with itself
   */
  public void run(Iterator<Interaction> interactions, List<Interaction> pairs, Scores scores) {
    Iterator<Integer> pending = byWindow(pairs).iterator();
    pairScores = new float[pairs.size()];
    Integer pair = pending.hasNext() ? pending.next() : null;
    List<Interaction> batch = new ArrayList<>();
    Interaction next = nextInteraction(interactions);
    while (next != null) {
      long window = windows.of(next.timestamp());
      while (next != null && windows.of(next.timestamp()) == window) {
        batch.add(next);
        next = nextInteraction(interactions);
      }
      while (pair != null && windows.of(pairs.get(pair).timestamp()) <= window) {
        pairScores[pair] = score(pairs.get(pair));
        pair = pending.hasNext() ? pending.next() : null;
      }
      if (next != null && windows.of(next.timestamp()) < window) {
        throw new IllegalArgumentException(
            "interactions not in the order of their windows: timestamp=%d, window=%d, before=%d"
                .formatted(next.timestamp(), windows.of(next.timestamp()), window));
      }
      lanes.run(window, batch, scores);
      batch.clear();
    }
    while (pair != null) {
      pairScores[pair] = score(pairs.get(pair));
      pair = pending.hasNext() ? pending.next() : null;
    }
  }

  private Interaction nextInteraction(Iterator<Interaction> interactions) {
    while (interactions.hasNext()) {
      Interaction next = interactions.next();
      if (next.features().length != weights.sizes().features()) {
        throw new IllegalArgumentException(
            "features of another number: found=%d, expected=%d"
                .formatted(next.features().length, weights.sizes().features()));
      }
      if (!next.isSelfLoop()) {
        return next;
      }
    }
    return null;
  }

  private List<Integer> byWindow(List<Interaction> pairs) {
    return IntStream.range(0, pairs.size())
        .boxed()
        .sorted(Comparator.comparingLong(i -> windows.of(pairs.get(i).timestamp())))
        .toList();
  }

  private float score(Interaction pair) {
    lanes.expire(windows.of(pair.timestamp()));
    if (pair.isSelfLoop()) {
      throw new IllegalArgumentException("pair of a node with itself: source=" + pair.source());
    }
    return scorer.score(
        pair.sourceKey(),
        read(pair.sourceKey(), ofSource),
        pair.targetKey(),
        read(pair.targetKey(), ofTarget),
        pair.timestamp());
  }

  private StoredRecord read(long key, StoredRecord view) {
    return lanes.nodesOf(key).read(key, view) ? view : blank;
  }

  /** Scores of the last run's pairs, in the order in which they were given. */
  public float[] pairScores() {
    return pairScores;
  }

  /** Shows those of the given nodes that have a record, in the order given. */
  public void forEach(Iterable<String> ids, Nodes nodes) {
    for (String id : ids) {
      long key = NodeKey.of(id);
      if (lanes.nodesOf(key).read(key, ofSource)) {
        nodes.node(id, key, ofSource);
      }
    }
  }

  @Override
  public void close() {
    lanes.close();
  }
}
