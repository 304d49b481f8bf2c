package io.kith.model.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kith.model.GoldenFiles;
import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures of predictors whose figures can be told beforehand. */
class EvaluatorTest {
  private final Timeline timeline = Timeline.of(new GoldenFiles("uci").interactions("edges"));
  private final Split split = Split.of(timeline);

  /** Knows the answer. */
  private final class Oracle implements LinkPredictor {
    private int observed;

    @Override
    public double score(int source, int target, long t) {
      for (int i = observed; i < timeline.size() && timeline.time(i) <= t; i++) {
        if (timeline.time(i) == t && timeline.source(i) == source && timeline.target(i) == target) {
          return 1;
        }
      }
      return 0;
    }

    @Override
    public void observe(int from, int to) {
      observed = to;
    }
  }

  /** Knows nothing. */
  private static final class Constant implements LinkPredictor {
    @Override
    public double score(int source, int target, long t) {
      return 0.5;
    }

    @Override
    public void observe(int from, int to) {}
  }

  private List<LinkFigures> evaluate(LinkPredictor... predictors) {
    return new Evaluator(timeline, split.train(), EvaluationSettings.of(1))
        .evaluate(List.of(predictors), split.validation(), timeline.size());
  }

  @Test
  void anOracleHasAllAndAConstantTheMiddle() {
    List<LinkFigures> figures = evaluate(new Oracle(), new Constant());

    assertThat(figures.get(0).apOfBatches()).isGreaterThan(0.99);
    assertThat(figures.get(0).mrrRandom()).as("a tie with itself costs").isBetween(0.95, 1.0);
    assertThat(figures.get(1).ap()).isEqualTo(0.5);
    assertThat(figures.get(1).auc()).isEqualTo(0.5);
    assertThat(figures.get(1).mrrHistorical()).isCloseTo(1.0 / 51, within(1e-12));
  }

  @Test
  void theRecencyRuleIsFarAheadOfEdgeBank() {
    List<LinkFigures> figures = evaluate(new EdgeBank(timeline), new RecencyPredictor(timeline));

    assertThat(figures.get(0).apOfBatches()).isBetween(0.6, 0.9);
    assertThat(figures.get(1).apOfBatches()).isGreaterThan(figures.get(0).apOfBatches() + 0.1);
    assertThat(figures.get(1).mrrRandom()).isGreaterThan(figures.get(0).mrrRandom() + 0.2);
  }

  @Test
  void theSameSeedGivesTheSameFigures() {
    assertThat(evaluate(new RecencyPredictor(timeline)))
        .isEqualTo(evaluate(new RecencyPredictor(timeline)));
  }

  @Test
  void negativesAreKnownTargetsAndNeverTheSource() {
    Negatives negatives = new Negatives(timeline, split.train(), 100, 3);
    int[] known = timeline.targets(0, split.train());
    for (int i = split.validation(); i < timeline.size(); i++) {
      int source = timeline.source(i);
      negatives.draw(source, timeline.target(i));
      assertThat(known).contains(negatives.single());
      assertThat(negatives.random()).hasSize(100).doesNotContain(source);
      assertThat(negatives.historical()).hasSize(100).doesNotContain(source);
    }
  }

  @Test
  void historicalNegativesAreEarlierPartnersAsFarAsThereAre() {
    List<Interaction> interactions = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      interactions.add(new Interaction("a", "partner" + i % 5, i));
      interactions.add(new Interaction("b", "other" + i, i));
    }
    Timeline small = Timeline.of(interactions);
    Negatives negatives = new Negatives(small, small.size(), 6, 1);
    int source = small.node(NodeKey.of("a"));

    negatives.draw(source, small.target(0));

    List<Integer> partners = new ArrayList<>();
    for (int i = 0; i < small.size(); i++) {
      if (small.source(i) == source && small.target(i) != small.target(0)) {
        partners.add(small.target(i));
      }
    }
    assertThat(negatives.historical()).hasSize(6);
    assertThat(partners)
        .contains(negatives.historical()[0], negatives.historical()[1], negatives.historical()[2]);
  }

  @Test
  void aTieCountsHalf() {
    assertThat(FigureCounter.rank(0, 0)).isEqualTo(1);
    assertThat(FigureCounter.rank(0, 1)).isEqualTo(1.5);
    assertThat(FigureCounter.rank(2, 4)).isEqualTo(4);
  }

  @Test
  void rankingAmongAllTargetsLeavesOutWhatHappensAtTheSameTime() {
    Timeline small =
        Timeline.of(
            List.of(
                new Interaction("a", "p", 0),
                new Interaction("a", "q", 1),
                new Interaction("b", "r", 2),
                new Interaction("a", "p", 3),
                new Interaction("a", "q", 3)));

    double[] ranks =
        new AllTargetsRanking(small, Batching.count(1))
            .evaluate(List.of(new EdgeBank(small)), 3, 5, i -> true);

    assertThat(ranks).containsExactly(1.0);
  }

  @Test
  void aSingleTargetGivesNoNegatives() {
    Timeline small = Timeline.of(List.of(new Interaction("a", "p", 0)));
    assertThatThrownBy(() -> new Negatives(small, 1, 100, 1))
        .hasMessage("too few targets to draw negatives from: targets=1, least=2");
  }

  @Test
  void tooFewNegativesAreRefused() {
    assertThatThrownBy(() -> new EvaluationSettings(Batching.count(1), 1, 0))
        .hasMessage("too few negatives: random=1, least=2");
  }
}
