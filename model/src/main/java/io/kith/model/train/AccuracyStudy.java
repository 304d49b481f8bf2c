package io.kith.model.train;

import io.kith.model.Interaction;
import io.kith.model.Weights;
import io.kith.model.evaluate.Accuracy;
import io.kith.model.evaluate.Batching;
import io.kith.model.evaluate.EdgeBank;
import io.kith.model.evaluate.EvaluationSettings;
import io.kith.model.evaluate.Evaluator;
import io.kith.model.evaluate.LinkFigures;
import io.kith.model.evaluate.ModelPredictor;
import io.kith.model.evaluate.RecencyPredictor;
import io.kith.model.evaluate.Split;
import io.kith.model.evaluate.Timeline;
import io.kith.model.evaluate.UnseenNodes;
import io.kith.model.evaluate.WhoNext;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The experiment of the literature on one recorded stream: train on the first 70 %, choose the
 * epoch on the next 15 %, test on the rest. Not safe for concurrent use.
 */
public final class AccuracyStudy {
  private static final int NEGATIVES = 100;

  private final Timeline timeline;
  private final Split split;

  public AccuracyStudy(List<Interaction> interactions) {
    timeline = Timeline.of(interactions);
    split = Split.of(timeline);
  }

  public Timeline timeline() {
    return timeline;
  }

  public Split split() {
    return split;
  }

  /** A tenth of the nodes, drawn for the inductive setting. */
  public UnseenNodes unseenNodes(long seed) {
    return new UnseenNodes(timeline, split, seed);
  }

  /** Trains for the transductive setting: on every interaction of the first two parts. */
  public TrainingResult train(TrainingSettings settings, TrainingListener listener) {
    Timeline learned = Timeline.of(timeline.interactions(0, split.validation()));
    return Trainer.train(learned, split.train(), settings, listener);
  }

  /** Trains for the inductive setting: on those that touch no unseen node. */
  public TrainingResult train(
      UnseenNodes unseen, TrainingSettings settings, TrainingListener listener) {
    Timeline learned = Timeline.of(unseen.without(0, split.validation()));
    int trainingEnd = unseen.without(0, split.train()).size();
    return Trainer.train(learned, trainingEnd, settings, listener);
  }

  /** Figures on the whole test part. */
  public Accuracy test(Weights weights, Batching batching, long seed) {
    return test(weights, batching, seed, i -> true);
  }

  /** Figures on those interactions of the test part that touch an unseen node. */
  public Accuracy test(Weights weights, UnseenNodes unseen, Batching batching, long seed) {
    return test(weights, batching, seed, unseen::touchedBy);
  }

  /** How well the next partner of each source is listed, on the whole test part. */
  public WhoNext whoNext(Weights weights, Batching batching) {
    return WhoNext.evaluate(timeline, weights, batching, split.validation(), timeline.size());
  }

  private Accuracy test(Weights weights, Batching batching, long seed, IntPredicate counted) {
    EvaluationSettings settings = new EvaluationSettings(batching, NEGATIVES, seed);
    List<LinkFigures> figures =
        new Evaluator(timeline, split.train(), settings)
            .evaluate(
                List.of(
                    new ModelPredictor(timeline, weights),
                    new EdgeBank(timeline),
                    new RecencyPredictor(timeline)),
                split.validation(),
                timeline.size(),
                counted);
    return new Accuracy(figures.get(0), figures.get(1), figures.get(2));
  }
}
