package io.kith.operators;

import io.kith.model.Interaction;
import io.kith.model.Weights;
import io.kith.state.ChronicleNodeStore;
import io.kith.state.HeapNodeStore;
import io.kith.state.NodeStore;
import io.kith.state.RecordLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The Readers and Updaters of a replay, without Flink between them: first all lanes send, then all
 * apply. Not safe for concurrent use; runs threads of its own.
 */
final class Lanes implements AutoCloseable {
  /** Below this the work of a window is not worth waking threads for. */
  private static final int WORTH_THREADS = 64;

  /** Above this nodes live off-heap. */
  private static final long HEAP_NODES = 50_000;

  private static final Comparator<ReusedPrediction> ORDER =
      Comparator.comparing(ReusedPrediction::interaction, Interaction.CANONICAL);

  private final KeyGroups keyGroups;
  private final Lane[] lanes;
  private final Pool<Half> halves = new Pool<>(Half::new);
  private final List<ReusedPrediction> inOrder = new ArrayList<>();
  private final ExecutorService threads;

  /** The nodes of one lane and what is done with them. */
  private static final class Lane implements Outbox.Carrier, Lap.Output {
    final OwnedNodes nodes;
    final Outbox outbox;
    final Lap lap;
    final List<Half> halves = new ArrayList<>();

    /** What is sent, and the record that goes along with each, or null. */
    final List<Half> sent = new ArrayList<>();

    final List<byte[]> sentRecords = new ArrayList<>();
    final Inbox inbox = new Inbox();
    final Pool<ReusedPrediction> predictions;

    Lane(OwnedNodes nodes, Outbox outbox, Weights weights, PredictionSettings settings) {
      this.nodes = nodes;
      this.outbox = outbox;
      this.lap = new Lap(weights, nodes, settings);
      this.predictions = new Pool<>(() -> new ReusedPrediction(weights.version()));
    }

    void send() {
      outbox.send(halves, this);
      halves.clear();
    }

    @Override
    public void send(Half half, int lane, byte[] ownerRecord) {
      sent.add(half);
      sentRecords.add(ownerRecord == null ? null : ownerRecord.clone());
    }

    void apply(long window) {
      lap.run(window, inbox, this);
      inbox.clear();
      nodes.changed().clear();
    }

    @Override
    public void predicted(ReusedPrediction prediction) {
      predictions.take().set(prediction);
    }

    @Override
    public void changed(long window, String id, long key, StoredRecord record) {
      // A replay shows nodes at its end.
    }
  }

  Lanes(
      Weights weights,
      Windows windows,
      KeyGroups keyGroups,
      PredictionSettings predictions,
      Retention retention) {
    this.keyGroups = keyGroups;
    this.lanes = new Lane[keyGroups.parallelism()];
    RecordLayout layout = StoredRecord.layout(weights.sizes());
    for (int lane = 0; lane < lanes.length; lane++) {
      long capacity = retention.capacity(keyGroups, lane);
      NodeStore store =
          capacity <= HEAP_NODES
              ? new HeapNodeStore(layout, capacity)
              : ChronicleNodeStore.inMemory(layout, capacity);
      OwnedNodes nodes = OwnedNodes.keeping(retention, store, layout, keyGroups, windows);
      Outbox outbox = new Outbox(nodes, keyGroups, lane, new StoredRecord(layout));
      lanes[lane] = new Lane(nodes, outbox, weights, predictions);
    }
    threads = lanes.length == 1 ? null : Executors.newFixedThreadPool(lanes.length);
  }

  /** Runs one window. */
  void run(long window, List<Interaction> interactions, LocalReplay.Scores scores) {
    for (int i = 0; i < interactions.size(); i++) {
      add(halves.take().set(window, interactions.get(i), true));
      add(halves.take().set(window, interactions.get(i), false));
    }
    boolean alone = threads == null || interactions.size() < WORTH_THREADS;
    expire(window);
    each(alone, window, (lane, w) -> lane.send());
    deliver();
    each(alone, window, Lane::apply);
    tell(scores);
    halves.clear();
  }

  /** Puts what the lanes have sent into the inboxes. */
  private void deliver() {
    for (Lane from : lanes) {
      for (int i = 0; i < from.sent.size(); i++) {
        Half half = from.sent.get(i);
        lane(half.partner()).inbox.add(half, from.sentRecords.get(i));
      }
      from.sent.clear();
      from.sentRecords.clear();
    }
  }

  private void tell(LocalReplay.Scores scores) {
    for (Lane lane : lanes) {
      for (int i = 0; i < lane.predictions.size(); i++) {
        inOrder.add(lane.predictions.get(i));
      }
    }
    inOrder.sort(ORDER);
    for (int i = 0; i < inOrder.size(); i++) {
      scores.scored(inOrder.get(i).interaction(), inOrder.get(i));
    }
    inOrder.clear();
    for (Lane lane : lanes) {
      lane.predictions.clear();
    }
  }

  /** Forgets the nodes whose time to live is over when a window starts. */
  void expire(long window) {
    for (Lane lane : lanes) {
      lane.nodes.expire(window);
    }
  }

  private void add(Half half) {
    lane(half.owner()).halves.add(half);
  }

  private Lane lane(long key) {
    return lanes[keyGroups.subtaskOf(key)];
  }

  /** The nodes among which a node is. */
  OwnedNodes nodesOf(long key) {
    return lane(key).nodes;
  }

  private interface Step {
    void of(Lane lane, long window);
  }

  private void each(boolean alone, long window, Step step) {
    if (alone) {
      for (Lane lane : lanes) {
        step.of(lane, window);
      }
      return;
    }
    List<Future<?>> running = new ArrayList<>();
    for (Lane lane : lanes) {
      running.add(threads.submit(() -> step.of(lane, window)));
    }
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a lane failed: " + e.getCause().getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("replay interrupted", e);
      }
    }
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdownNow();
    }
    for (Lane lane : lanes) {
      lane.nodes.store().close();
    }
  }
}
