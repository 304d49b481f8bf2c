package io.kith.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
  private long now = 5_000_000;
  private final LiveStream live = new LiveStream(() -> now);

  @Test
  void remembersTheNewestAndHowManyCameInEachSecond() {
    for (int i = 0; i < LiveStream.KEPT + 1; i++) {
      live.add(ServeDriver.prediction("a", "t" + i, 1_000 - i));
    }
    assertThat(live.state(LiveStream.KEPT).predictions()).hasSize(LiveStream.KEPT);
    assertThat(live.state(1).predictions().get(0).target()).isEqualTo("t" + LiveStream.KEPT);
    assertThat(live.state(1).newestTimestamp()).isEqualTo(1_000);
    assertThat(live.state(1).perSecond()).as("the running second is not whole").containsOnly(0);

    now += 1_000;
    LiveStream.State state = live.state(1);
    assertThat(state.second()).isEqualTo(5_000);
    assertThat(state.perSecond().get(LiveStream.SECONDS - 1)).isEqualTo(LiveStream.KEPT + 1);
  }

  @Test
  void countsAsAMapOfAllSecondsWould() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TreeMap<Long, Integer> counts = new TreeMap<>();
      LiveStream stream = new LiveStream(() -> now);
      for (int i = 0; i < 500; i++) {
        // Pauses longer than what is remembered, and a clock that is set back.
        now += random.nextInt(20) == 0 ? random.nextInt(400_000) : random.nextInt(900) - 50;
        long second = Math.max(now / 1_000, counts.isEmpty() ? 0 : counts.lastKey());
        counts.merge(second, 1, Integer::sum);
        stream.add(ServeDriver.prediction("a", "b", i));
        LiveStream.State state = stream.state(1);
        assertThat(state.second()).as("seed=%d, i=%d", seed, i).isEqualTo(second - 1);
        List<Integer> expected =
            LongStream.range(second - LiveStream.SECONDS, second)
                .mapToObj(each -> counts.getOrDefault(each, 0))
                .toList();
        assertThat(state.perSecond()).as("seed=%d, i=%d", seed, i).isEqualTo(expected);
      }
    }
  }
}
