package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InteractionTest {
  @Test
  void theCanonicalOrderIsTimeThenKeysThenBitsOfFeatures() {
    // key("1") = -5209518570039057196, key("2") = 6927017134761466251
    Interaction late = new Interaction("1", "2", 5);
    Interaction small = new Interaction("1", "2", 4, new float[] {-1f});
    Interaction large = new Interaction("1", "2", 4, new float[] {1f});
    Interaction back = new Interaction("2", "1", 4, new float[] {-9f});
    List<Interaction> shuffled = new ArrayList<>(List.of(back, late, large, small));
    shuffled.sort(Interaction.CANONICAL);
    assertThat(shuffled).containsExactly(small, large, back, late);
  }

  @Test
  void negativeFeaturesComeFirstAndInReverse() {
    // As signed integers the bit patterns of negative floats are negative and grow with size.
    Interaction a = new Interaction("1", "2", 4, new float[] {-1f});
    Interaction b = new Interaction("1", "2", 4, new float[] {-2f});
    assertThat(Interaction.CANONICAL.compare(a, b)).isNegative();
  }

  @Test
  void arrivalOrderDoesNotShow() {
    long seed = 11;
    Random random = new Random(seed);
    List<Interaction> stream = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      float[] features = {random.nextInt(3) - 1};
      stream.add(
          new Interaction(
              "" + random.nextInt(5), "" + random.nextInt(5), random.nextInt(9), features));
    }
    List<Interaction> shuffled = new ArrayList<>(stream);
    Collections.shuffle(shuffled, random);
    stream.sort(Interaction.CANONICAL);
    shuffled.sort(Interaction.CANONICAL);
    for (int i = 0; i < stream.size(); i++) {
      assertThat(shuffled.get(i)).as("seed=%d", seed).hasToString(stream.get(i).toString());
    }
  }
}
