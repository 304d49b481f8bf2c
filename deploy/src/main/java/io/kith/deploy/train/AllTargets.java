package io.kith.deploy.train;

import io.kith.model.Weights;
import io.kith.model.evaluate.AllTargetsRanking;
import io.kith.model.evaluate.Batching;
import io.kith.model.evaluate.EdgeBank;
import io.kith.model.evaluate.ModelPredictor;
import io.kith.model.evaluate.RecencyPredictor;
import io.kith.model.evaluate.Timeline;
import io.kith.model.train.AccuracyStudy;
import java.util.List;

/** Mean reciprocal ranks among all targets: the figure of tgbl-wiki-v2. */
record AllTargets(double model, double edgeBank, double recencyRule) {
  /**
   * Ranks interactions of the test part.
   *
   * @param every one of so many is ranked
   */
  static AllTargets test(AccuracyStudy study, Weights weights, Batching batching, int every) {
    Timeline timeline = study.timeline();
    double[] ranks =
        new AllTargetsRanking(timeline, batching)
            .evaluate(
                List.of(
                    new ModelPredictor(timeline, weights),
                    new EdgeBank(timeline),
                    new RecencyPredictor(timeline)),
                study.split().validation(),
                timeline.size(),
                i -> (i - study.split().validation()) % every == 0);
    return new AllTargets(ranks[0], ranks[1], ranks[2]);
  }

  /** The mean of each figure. */
  static AllTargets mean(List<AllTargets> runs) {
    return new AllTargets(
        runs.stream().mapToDouble(AllTargets::model).average().orElseThrow(),
        runs.stream().mapToDouble(AllTargets::edgeBank).average().orElseThrow(),
        runs.stream().mapToDouble(AllTargets::recencyRule).average().orElseThrow());
  }
}
