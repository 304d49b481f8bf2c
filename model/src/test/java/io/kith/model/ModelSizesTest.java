package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelSizesTest {
  @Test
  void derivedSizesAreThoseOfTheSpecification() {
    ModelSizes sizes = ModelSizes.DEFAULT;
    assertThat(sizes.message()).isEqualTo(32 + 0 + 8 + 1);
    assertThat(sizes.pair()).isEqualTo(3 * 8 + 12 + 4 * 2 + 1);
    assertThat(sizes.query()).isEqualTo(128 + 4 + 64 + 45);
    assertThat(sizes.embedding()).isEqualTo(96);
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    assertThatThrownBy(
            () -> new ModelSizes(0, 4, -1, 8, 30, 16, 8, 128, 64, List.of(0L), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "model sizes: D too small: value=0, least=1; Dx too small: value=-1, least=0; "
                + "M1 must be a multiple of B: M1=30, B=8; act scale too small: value=0, least=1");
  }
}
