package io.kith.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kith.model.train.RankingLoss.Kind;
import org.junit.jupiter.api.Test;

class RankingLossTest {
  private final RankingLoss loss = new RankingLoss(4);
  private final float[] gradient = new float[4];

  @Test
  void theLossIsWrittenOut() {
    float[] logits = {1f, -1f, 0.5f, 2f};
    Kind[] kinds = {Kind.TRUE, Kind.RANDOM, Kind.PARTNER, Kind.POPULAR};

    double found = loss.add(logits, kinds, 4, 1, gradient);

    double sum = Math.exp(1) + Math.exp(-1) + 0.15 * Math.exp(0.5) + 0.5 * Math.exp(2);
    double binary = Math.log(1 + Math.exp(-1)) + Math.log(1 + Math.exp(-1));
    assertThat(found).isCloseTo(binary - Math.log(Math.exp(1) / sum), within(1e-12));
  }

  @Test
  void theGradientAgreesWithDifferences() {
    float[] logits = {1f, -1f, 0.5f, 2f};
    Kind[] kinds = {Kind.TRUE, Kind.RANDOM, Kind.RANDOM, Kind.POPULAR};
    for (int k = 0; k < 4; k++) {
      float start = logits[k];
      logits[k] = start + 0.01f;
      double above = loss.add(logits, kinds, 4, 1, gradient);
      logits[k] = start - 0.01f;
      double below = loss.add(logits, kinds, 4, 1, gradient);
      logits[k] = start;
      loss.add(logits, kinds, 4, 1, gradient);
      assertThat((double) gradient[k]).isCloseTo((above - below) / 0.02, within(1e-4));
    }
  }

  @Test
  void aTargetAloneHasNothingToRankAgainst() {
    double found = loss.add(new float[] {20f}, new Kind[] {Kind.TRUE}, 1, 1, gradient);
    assertThat(found).isCloseTo(0, within(1e-8));
  }
}
