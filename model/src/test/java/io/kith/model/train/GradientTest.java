package io.kith.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Activations;
import io.kith.model.HeapRecord;
import io.kith.model.ModelSizes;
import io.kith.model.PairScorer;
import io.kith.model.RecordUpdater;
import io.kith.model.TensorShapes;
import io.kith.model.Weights;
import io.kith.model.evaluate.HeapReplay;
import io.kith.model.evaluate.Timeline;
import io.kith.model.train.RankingLoss.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The backward pass against finite differences, and the trained function against the served. */
class GradientTest {
  private static final int WARM_UP = 60;
  private static final int BATCH = 20;
  private static final int NODES = 9;
  private static final float STEP = 1e-2f;

  /** Other targets of one interaction, drawn once. */
  private static final class Drawn {
    final int interaction;
    final int[] targets;
    final Kind[] kinds;
    final int count;

    Drawn(int interaction, OtherTargets others) {
      this.interaction = interaction;
      targets = others.node.clone();
      kinds = others.kind.clone();
      count = others.count;
    }
  }

  private Timeline timeline;
  private Parameters parameters;
  private BatchGradient gradient;
  private List<Drawn> drawn;

  static Stream<ModelSizes> sizes() {
    return Stream.of(
        new ModelSizes(3, 2, 2, 2, 4, 4, 2, 6, 4, List.of(60_000L), List.of(90_000L)),
        new ModelSizes(5, 3, 0, 3, 6, 0, 3, 7, 0, List.of(), List.of(90_000L)),
        new ModelSizes(2, 4, 1, 1, 2, 4, 2, 9, 0, List.of(1_000L, 9_000L), List.of()),
        new ModelSizes(1, 1, 3, 4, 8, 8, 4, 5, 8, List.of(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void everyParameterAgreesWithFiniteDifferences(ModelSizes sizes) {
    for (long seed = 1; seed <= 3; seed++) {
      prepare(sizes, seed);
      loss();
      Map<String, float[]> analytic = new LinkedHashMap<>();
      for (String name : TensorShapes.of(sizes).keySet()) {
        analytic.put(name, parameters.gradient(name).clone());
      }
      SplittableRandom random = new SplittableRandom(seed);
      analytic.forEach((name, expected) -> compare(name, expected, random));
    }
  }

  private void compare(String name, float[] analytic, SplittableRandom random) {
    double largest = 0;
    for (float g : analytic) {
      largest = Math.max(largest, Math.abs(g));
    }
    assertThat(largest).as("gradient by %s", name).isGreaterThan(1e-4);
    float[] value = parameters.value(name);
    for (int n = 0; n < Math.min(12, value.length); n++) {
      int i = value.length <= 12 ? n : random.nextInt(value.length);
      float start = value[i];
      value[i] = start + STEP;
      double above = loss();
      value[i] = start - STEP;
      double below = loss();
      value[i] = start;
      double numeric = (above - below) / (2 * STEP);
      assertThat(Math.abs(analytic[i] - numeric))
          .as("%s[%d]: analytic=%s, numeric=%s", name, i, analytic[i], numeric)
          .isLessThan(1e-2 * largest + 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void aPassWithTheSameWeightsLeavesEveryRecordAsItWasServed(ModelSizes sizes) {
    prepare(sizes, 7);
    HeapReplay served = new HeapReplay(timeline, sizes);
    RecordUpdater updater = new RecordUpdater(parameters.weights());
    for (int from = 0; from < WARM_UP; from += 10) {
      served.apply(updater, from, from + 10);
    }
    loss();
    float[] expected = new float[Math.max(sizes.self(), sizes.neighbour())];
    float[] found = new float[expected.length];
    for (int node = 0; node < timeline.nodes(); node++) {
      HeapRecord a = served.record(node);
      HeapRecord b = gradient.records().record(node);
      a.readSelf(expected, 0);
      b.readSelf(found, 0);
      assertThat(found).containsExactly(expected);
      for (int i = 0; i < sizes.hop1(); i++) {
        a.readHop1(i, expected, 0);
        b.readHop1(i, found, 0);
        assertThat(found).containsExactly(expected);
      }
      for (int i = 0; i < sizes.hop2(); i++) {
        a.readHop2(i, expected, 0);
        b.readHop2(i, found, 0);
        assertThat(found).containsExactly(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void theTrainedScoreIsTheServedScoreBitForBit(ModelSizes sizes) {
    prepare(sizes, 8);
    ScorerGradient trained =
        new ScorerGradient(sizes, NODES, parameters, new TimeGradient(parameters));
    trained.start(parameters.weights());
    PairScorer served = new PairScorer(parameters.weights());
    long t = timeline.time(WARM_UP);
    trained.source(timeline.key(0), record(0), t);
    for (int v = 1; v < timeline.nodes(); v++) {
      trained.target(v - 1, timeline.key(v), record(v));
    }
    float[] logits = trained.forward(timeline.nodes() - 1);
    for (int v = 1; v < timeline.nodes(); v++) {
      float score = served.score(timeline.key(0), record(0), timeline.key(v), record(v), t);
      assertThat(Activations.sigmoid(logits[v - 1])).isEqualTo(score);
    }
  }

  private HeapRecord record(int node) {
    return gradient.records().record(node);
  }

  /** Records after a warm-up, and targets for the batch that follows. */
  private void prepare(ModelSizes sizes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    timeline =
        Timeline.of(RandomStream.of(WARM_UP + BATCH, NODES, sizes.features(), random.split()));
    parameters = new Parameters(Weights.random(sizes, seed), 1e-3);
    makeSmooth();
    Weights weights = parameters.weights();
    gradient = new BatchGradient(timeline, sizes, parameters);
    RecordUpdater updater = new RecordUpdater(weights, gradient.updates());
    for (int from = 0; from < WARM_UP; from += 10) {
      gradient.records().apply(updater, from, from + 10);
    }
    OtherTargets others = new OtherTargets(timeline, WARM_UP, sizes, random);
    others.startBatch();
    drawn = new ArrayList<>();
    for (int i = WARM_UP; i < WARM_UP + BATCH; i++) {
      others.draw(timeline.source(i), record(timeline.source(i)), timeline.target(i), WARM_UP);
      drawn.add(new Drawn(i, others));
    }
  }

  /** Strong inputs, hidden units far from relu's kink on either side, Tau within the stream. */
  private void makeSmooth() {
    float[] w1 = parameters.value("out.W1");
    for (int i = 0; i < w1.length; i++) {
      w1[i] *= 3;
    }
    float[] b1 = parameters.value("out.b1");
    for (int h = 0; h < b1.length; h++) {
      b1[h] += h % 3 == 0 ? -5 : 5;
    }
    parameters.value("fresh.log_tau")[0] = (float) StrictMath.log(100_000);
  }

  /** The mean loss of the batch; adds its gradient to the parameters. */
  private double loss() {
    gradient.start(parameters.weights());
    double sum = 0;
    for (Drawn d : drawn) {
      sum += gradient.add(d.interaction, d.targets, d.kinds, d.count, 1.0 / BATCH);
    }
    gradient.finish();
    return sum / BATCH;
  }
}
