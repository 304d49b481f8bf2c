package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnappliedTest {
  @Test
  void knowsTheLastWindowThatChangesANode() {
    Unapplied unapplied = new Unapplied();
    unapplied.sent(7, 1);
    unapplied.sent(8, 2);
    unapplied.sent(7, 3);

    assertThat(unapplied.lastOf(7)).isEqualTo(3);
    assertThat(unapplied.lastOf(8)).isEqualTo(2);
    assertThat(unapplied.lastOf(9)).isEqualTo(Unapplied.NONE);

    unapplied.applied(4);
    assertThat(unapplied.lastOf(7)).isEqualTo(Unapplied.NONE);
  }

  /** What is applied may be forgotten; what is not, never is. */
  @Test
  void neverForgetsWhatIsNotApplied() {
    long seed = 20_261_122;
    SplittableRandom random = new SplittableRandom(seed);
    Unapplied unapplied = new Unapplied();
    Map<Long, Long> sent = new HashMap<>();
    long open = 0;
    for (long window = 0; window < 20_000; window++) {
      String at = "seed=" + seed + ", window=" + window;
      for (int node = 0; node < 3; node++) {
        long key = random.nextLong(-200, 200) << (random.nextBoolean() ? 32 : 0);
        unapplied.sent(key, window);
        sent.put(key, window);
      }
      if (random.nextInt(10) == 0) {
        open = random.nextLong(open, window + 2);
        unapplied.applied(open);
      }
      long asked = random.nextLong(-200, 200);
      long last = sent.getOrDefault(asked, Unapplied.NONE);
      if (last >= open) {
        assertThat(unapplied.lastOf(asked)).as(at).isEqualTo(last);
      } else {
        assertThat(unapplied.lastOf(asked)).as(at).isIn(last, Unapplied.NONE);
      }
    }
  }
}
