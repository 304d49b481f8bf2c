package io.kith.model.evaluate;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Runs predictors over a timeline, each interaction scored before its batch is learned, and counts
 * their figures on one part of it. All predictors meet the same negatives. Not safe for concurrent
 * use.
 */
public final class Evaluator {
  private final Timeline timeline;
  private final int trainingEnd;
  private final EvaluationSettings settings;

  /**
   * @param trainingEnd where the training part ends: from it come the historical negatives
   */
  public Evaluator(Timeline timeline, int trainingEnd, EvaluationSettings settings) {
    this.timeline = timeline;
    this.trainingEnd = trainingEnd;
    this.settings = settings;
  }

  /** Figures on the interactions {@code from} to {@code to}, in the order of the predictors. */
  public List<LinkFigures> evaluate(List<LinkPredictor> predictors, int from, int to) {
    return evaluate(predictors, from, to, i -> true);
  }

  /** Figures on those of the interactions {@code from} to {@code to} that {@code counted} picks. */
  public List<LinkFigures> evaluate(
      List<LinkPredictor> predictors, int from, int to, IntPredicate counted) {
    Negatives negatives = new Negatives(timeline, trainingEnd, settings.random(), settings.seed());
    List<FigureCounter> counters = predictors.stream().map(FigureCounter::new).toList();
    int end;
    for (int start = 0; start < to; start = end) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("evaluation was interrupted: interactions=" + start);
      }
      end = settings.batching().end(timeline, start, start < from ? from : to);
      for (int i = Math.max(start, from); i < end; i++) {
        if (counted.test(i)) {
          count(counters, i, negatives);
        }
      }
      for (FigureCounter counter : counters) {
        counter.predictor.observe(start, end);
      }
    }
    return counters.stream().map(FigureCounter::figures).toList();
  }

  private void count(List<FigureCounter> counters, int i, Negatives negatives) {
    negatives.draw(timeline.source(i), timeline.target(i));
    for (FigureCounter counter : counters) {
      counter.count(timeline.source(i), timeline.target(i), timeline.time(i), negatives);
    }
  }
}
