package io.kith.model.train;

import io.kith.model.Interaction;
import io.kith.model.RecordUpdater;
import io.kith.model.Weights;
import io.kith.model.evaluate.Batching;
import io.kith.model.evaluate.EvaluationSettings;
import io.kith.model.evaluate.Evaluator;
import io.kith.model.evaluate.LinkFigures;
import io.kith.model.evaluate.ModelPredictor;
import io.kith.model.evaluate.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains a model on the first part of a stream and stops by the part after it: MODEL.md,
 * "Training". The same input and settings give the same weights. Not safe for concurrent use.
 */
public final class Trainer {
  private static final int VALIDATION_NEGATIVES = 20;

  private final TrainingSettings settings;
  private final TrainingListener listener;
  private final Timeline timeline;
  private final int trainingEnd;
  private final Parameters parameters;
  private final SplittableRandom random;

  private Trainer(
      Timeline timeline, int trainingEnd, TrainingSettings settings, TrainingListener listener) {
    this.timeline = timeline;
    this.trainingEnd = trainingEnd;
    this.settings = settings;
    this.listener = listener;
    random = new SplittableRandom(settings.seed());
    parameters =
        new Parameters(Weights.random(settings.sizes(), settings.seed()), settings.learningRate());
  }

  /**
   * Trains on the interactions before {@code trainingEnd}, and chooses the best epoch by the
   * others.
   *
   * @throws IllegalArgumentException if there is nothing to learn from or to validate on, or an
   *     interaction has another number of features than the model
   */
  public static TrainingResult train(
      Timeline timeline, int trainingEnd, TrainingSettings settings, TrainingListener listener) {
    if (trainingEnd <= 0 || trainingEnd >= timeline.size()) {
      throw new IllegalArgumentException(
          "too little to train on: training=%d, validation=%d"
              .formatted(trainingEnd, timeline.size() - trainingEnd));
    }
    for (int i = 0; i < timeline.size(); i++) {
      checkFeatures(timeline.interaction(i), settings.sizes().features());
    }
    return new Trainer(timeline, trainingEnd, settings, listener).run();
  }

  private static void checkFeatures(Interaction interaction, int expected) {
    if (interaction.features().length != expected) {
      throw new IllegalArgumentException(
          "interaction of another dimension: interaction=%s, features=%d, expected=%d"
              .formatted(interaction, interaction.features().length, expected));
    }
  }

  private TrainingResult run() {
    List<EpochReport> reports = new ArrayList<>();
    Weights weights = null;
    int best = 0;
    for (int epoch = 1;
        epoch <= settings.epochs() && epoch - best <= settings.patience();
        epoch++) {
      long start = System.nanoTime();
      double loss = learn(epoch);
      double seconds = (System.nanoTime() - start) / 1e9;
      Weights average = parameters.average();
      EpochReport report = validate(epoch, loss, trainingEnd / seconds, average);
      boolean better = best == 0 || report.quality() > reports.get(best - 1).quality();
      reports.add(report);
      if (better) {
        best = epoch;
        weights = average;
      }
      listener.epoch(report, better);
    }
    return new TrainingResult(weights, best, reports);
  }

  /** One pass over the training part, from fresh records. */
  private double learn(int epoch) {
    BatchGradient gradient = new BatchGradient(timeline, settings.sizes(), parameters);
    OtherTargets others = new OtherTargets(timeline, trainingEnd, settings.sizes(), random);
    double loss = 0;
    int end;
    for (int from = 0; from < trainingEnd; from = end) {
      end = Math.min(from + settings.batch(), trainingEnd);
      Weights weights = parameters.weights();
      gradient.start(weights);
      others.startBatch();
      for (int i = from; i < end; i++) {
        others.draw(
            timeline.source(i),
            gradient.records().record(timeline.source(i)),
            timeline.target(i),
            from);
        loss += gradient.add(i, others.node, others.kind, others.count, 1.0 / (end - from));
      }
      gradient.finish();
      gradient.records().apply(new RecordUpdater(weights, gradient.updates()), from, end);
      parameters.step();
      listener.batch(epoch, end, trainingEnd, loss / end);
    }
    return loss / trainingEnd;
  }

  private EpochReport validate(int epoch, double loss, double speed, Weights weights) {
    EvaluationSettings how =
        new EvaluationSettings(Batching.count(32), VALIDATION_NEGATIVES, settings.seed());
    LinkFigures figures =
        new Evaluator(timeline, trainingEnd, how)
            .evaluate(List.of(new ModelPredictor(timeline, weights)), trainingEnd, timeline.size())
            .get(0);
    return new EpochReport(
        epoch,
        loss,
        speed,
        figures.apOfBatches(),
        (figures.mrrRandom() + figures.mrrHistorical()) / 2);
  }
}
