package io.kith.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kith.model.ModelSizes;
import io.kith.model.Weights;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final double RATE = 0.01;
  private static final String TENSOR = "out.b1";

  private final Weights start = Weights.random(ModelSizes.DEFAULT, 1);
  private final Parameters parameters = new Parameters(start, RATE);
  private final float[] value = parameters.value(TENSOR);
  private final float[] gradient = parameters.gradient(TENSOR);

  @Test
  void theFirstStepIsTheLearningRateAgainstTheGradient() {
    gradient[0] = 3f;
    gradient[1] = -1e-3f;

    parameters.step();

    float[] before = start.tensor(TENSOR);
    assertThat((double) value[0]).isCloseTo(before[0] - RATE, within(1e-6));
    assertThat((double) value[1]).isCloseTo(before[1] + RATE, within(1e-6));
    assertThat(value[2]).isEqualTo(before[2]);
    assertThat(gradient).containsOnly(0f);
  }

  @Test
  void stepsFindTheLowestPoint() {
    for (int i = 0; i < 2_000; i++) {
      gradient[0] = 2 * (value[0] - 0.5f);
      parameters.step();
    }
    assertThat(value[0]).isCloseTo(0.5f, within(1e-3f));
  }

  @Test
  void theAverageIsOfTheStepsTakenAndNotOfTheStart() {
    gradient[0] = 1f;
    parameters.step();
    assertThat(parameters.average().tensor(TENSOR)[0]).isCloseTo(value[0], within(1e-6f));

    float first = value[0];
    gradient[0] = 1f;
    parameters.step();
    assertThat(parameters.average().tensor(TENSOR)[0]).isBetween(value[0], first);
  }
}
