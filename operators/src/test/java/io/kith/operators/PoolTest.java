package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTest {
  @Test
  void theNextWindowUsesTheSameObjectsAgain() {
    Pool<StringBuilder> pool = new Pool<>(StringBuilder::new);
    StringBuilder first = pool.take();
    StringBuilder second = pool.take();
    assertThat(second).isNotSameAs(first);
    assertThat(pool.size()).isEqualTo(2);
    assertThat(pool.get(1)).isSameAs(second);

    pool.clear();
    assertThat(pool.size()).isZero();
    assertThat(pool.take()).isSameAs(first);
    assertThat(pool.take()).isSameAs(second);
  }

  @Test
  void aGiantWindowGivesItsOwnBack() {
    List<Object> made = new ArrayList<>();
    Pool<Object> pool =
        new Pool<>(
            () -> {
              made.add(new Object());
              return made.get(made.size() - 1);
            });
    for (int window = 0; window < 2; window++) {
      for (int i = 0; i < 5_000; i++) {
        pool.take();
      }
      pool.clear();
    }
    assertThat(made).as("4,096 are kept").hasSize(2 * 5_000 - 4_096);
  }
}
