package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ActivationsTest {
  @Test
  void areCloseToTheRealFunctions() {
    for (float x = -30; x < 30; x += 0.0137f) {
      assertThat(Activations.exp(x) / StrictMath.exp(x)).isCloseTo(1, within(2e-7));
      assertThat((double) Activations.sigmoid(x))
          .isCloseTo(1 / (1 + StrictMath.exp(-x)), within(1e-7));
      assertThat((double) Activations.tanh(x)).isCloseTo(StrictMath.tanh(x), within(3e-7));
    }
  }

  @Test
  void holdWhereTheExponentialWouldOverflow() {
    assertThat(Activations.sigmoid(1e30f)).isEqualTo(1f);
    assertThat(Activations.sigmoid(-1e30f)).isBetween(0f, 1e-37f);
    assertThat(Activations.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(Activations.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(Activations.exp(Float.NaN)).isNaN();
  }
}
