package io.kith.operators;

import io.kith.model.Interaction;
import io.kith.model.Prediction;
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

  private static final Comparator<Scored> ORDER =
      Comparator.comparing(Scored::interaction, Interaction.CANONICAL);

  private final KeyGroups keyGroups;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Scored> scored = new ArrayList<>();
  private final ExecutorService threads;

  private record Scored(Interaction interaction, Prediction prediction) {}

  /** The nodes of one lane and what is done with them. */
  private static final class Lane implements Lap.Output {
    final OwnedNodes nodes;
    final Outbox outbox;
    final Lap lap;
    final List<Half> halves = new ArrayList<>();
    final List<Exchange> sent = new ArrayList<>();
    final List<Scored> scored = new ArrayList<>();
    final Inbox inbox = new Inbox();

    Lane(OwnedNodes nodes, Outbox outbox, Lap lap) {
      this.nodes = nodes;
      this.outbox = outbox;
      this.lap = lap;
    }

    void send() {
      outbox.send(halves, (half, lane, record) -> sent.add(new Exchange(half, record)));
      halves.clear();
    }

    void apply(long window) {
      lap.run(window, inbox, this);
      inbox.clear();
      nodes.changed().clear();
    }

    @Override
    public void predicted(Half half, Prediction prediction) {
      scored.add(new Scored(half.interaction(), prediction));
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
    RecordLayout layout = StoredRecord.layout(weights.sizes());
    for (int lane = 0; lane < keyGroups.parallelism(); lane++) {
      long capacity = retention.capacity(keyGroups, lane);
      NodeStore store =
          capacity <= HEAP_NODES
              ? new HeapNodeStore(layout, capacity)
              : ChronicleNodeStore.inMemory(layout, capacity);
      OwnedNodes nodes = OwnedNodes.keeping(retention, store, layout, keyGroups, windows);
      Outbox outbox = new Outbox(nodes, keyGroups, lane, new StoredRecord(layout));
      lanes.add(new Lane(nodes, outbox, new Lap(weights, nodes, predictions)));
    }
    threads =
        keyGroups.parallelism() == 1 ? null : Executors.newFixedThreadPool(keyGroups.parallelism());
  }

  /** Runs one window. */
  void run(long window, List<Interaction> interactions, LocalReplay.Scores scores) {
    for (Interaction interaction : interactions) {
      add(new Half(window, interaction, true));
      add(new Half(window, interaction, false));
    }
    boolean alone = threads == null || interactions.size() < WORTH_THREADS;
    expire(window);
    each(alone, Lane::send);
    for (Lane lane : lanes) {
      for (Exchange exchange : lane.sent) {
        lane(exchange.half().partner()).inbox.add(exchange.half(), exchange.ownerRecord());
      }
      lane.sent.clear();
    }
    each(alone, lane -> lane.apply(window));
    for (Lane lane : lanes) {
      scored.addAll(lane.scored);
      lane.scored.clear();
    }
    scored.sort(ORDER);
    for (Scored each : scored) {
      scores.scored(each.interaction(), each.prediction());
    }
    scored.clear();
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
    return lanes.get(keyGroups.subtaskOf(key));
  }

  /** The nodes among which a node is. */
  OwnedNodes nodesOf(long key) {
    return lane(key).nodes;
  }

  private interface Step {
    void of(Lane lane);
  }

  private void each(boolean alone, Step step) {
    if (alone) {
      lanes.forEach(step::of);
      return;
    }
    List<Future<?>> running = new ArrayList<>();
    for (Lane lane : lanes) {
      running.add(threads.submit(() -> step.of(lane)));
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
