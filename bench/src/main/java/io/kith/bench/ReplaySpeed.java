package io.kith.bench;

import io.kith.model.Interaction;
import io.kith.operators.LocalReplay;
import io.kith.operators.Retention;
import java.util.List;
import java.util.function.Consumer;

/** The whole stream through the model on one thread: both updates, the score, one negative. */
final class ReplaySpeed implements Measure {
  private static final int KEY_GROUPS = 128;
  private static final int NEGATIVES = 1;
  private static final int WARM_UPS = 3;
  private static final double PER_MILLI = 1e6;

  private final BenchStream stream;

  ReplaySpeed(BenchStream stream) {
    this.stream = stream;
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String what() {
    return "replay without Kafka and Flink, one thread, one negative: k interactions/s";
  }

  @Override
  public String target() {
    return "40, better 80";
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) {
    for (int i = 0; i < WARM_UPS; i++) {
      step.accept("warming up");
      once();
    }
    double[] speeds = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      step.accept("round %d of %d".formatted(i + 1, repeats));
      long start = System.nanoTime();
      once();
      speeds[i] = stream.interactions().size() * PER_MILLI / (System.nanoTime() - start);
    }
    return speeds;
  }

  /** Replays the whole stream. */
  void once() {
    try (LocalReplay replay = open()) {
      play(replay, stream.interactions());
    }
  }

  /** A replay that has seen nothing yet. */
  LocalReplay open() {
    return new LocalReplay(
        stream.weights(),
        new LocalReplay.Settings(
            BenchStream.WINDOW_MS, NEGATIVES, KEY_GROUPS, 1, Retention.ofAll(stream.nodes())));
  }

  void play(LocalReplay replay, List<Interaction> interactions) {
    replay.run(interactions.iterator(), List.of(), (interaction, prediction) -> {});
  }
}
