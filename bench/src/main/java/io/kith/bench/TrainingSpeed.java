package io.kith.bench;

import io.kith.model.evaluate.Timeline;
import io.kith.model.train.EpochReport;
import io.kith.model.train.Trainer;
import io.kith.model.train.TrainingListener;
import io.kith.model.train.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Training on the first part of the stream, with all further targets, as {@code kith train}. */
final class TrainingSpeed implements Measure {
  private static final int INTERACTIONS = 12_000;
  private static final int VALIDATED = 200;
  private static final double LEARNING_RATE = 2e-3;
  private static final int BATCH = 100;
  private static final double THOUSAND = 1_000;

  private final BenchStream stream;

  TrainingSpeed(BenchStream stream) {
    this.stream = stream;
  }

  @Override
  public String name() {
    return "training";
  }

  @Override
  public String what() {
    return "training, one thread, 12 further targets each: k interactions/s";
  }

  @Override
  public String target() {
    return "3, better 6";
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) {
    List<Double> speeds = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(EpochReport report, boolean best) {
            step.accept("round %d of %d".formatted(report.epoch(), repeats + 1));
            speeds.add(report.interactionsPerSecond() / THOUSAND);
          }
        };
    int epochs = repeats + 1; // the first warms up
    TrainingSettings settings =
        new TrainingSettings(stream.weights().sizes(), 1, epochs, LEARNING_RATE, BATCH, epochs);
    Trainer.train(
        Timeline.of(stream.interactions().subList(0, INTERACTIONS + VALIDATED)),
        INTERACTIONS,
        settings,
        listener);
    return speeds.stream().skip(1).mapToDouble(Double::doubleValue).toArray();
  }
}
