package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeKeyTest {
  @Test
  void aKeyIsTheXxHash64OfTheId() {
    assertThat(NodeKey.of("1")).isEqualTo(-5209518570039057196L);
    assertThat(NodeKey.of("\u65e5\u672c\u8a9e")).isEqualTo(8176744303664166369L);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "'Nobody inspects the spammish repetition', fbcea83c8a378bf1"
  })
  void hashesAgreeWithPublishedOnes(String text, String hash) {
    assertThat(XxHash64.hash(text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Long.parseUnsignedLong(hash, 16));
  }

  @Test
  void mixIsABijectionAsFarAsOneCanSee() {
    Set<Long> seen = new HashSet<>();
    for (long x = -5_000; x < 5_000; x++) {
      seen.add(NodeKey.mix(x));
    }
    assertThat(seen).hasSize(10_000);
  }

  @Test
  void aBucketIsTheUnsignedRemainderOfTheHash() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      long key = random.nextLong();
      int hop = 1 + random.nextInt(2);
      int buckets = 1 + random.nextInt(9);
      long hash = NodeKey.mix(key + hop * NodeKey.GOLDEN);
      assertThat(NodeKey.bucket(key, hop, buckets))
          .as("seed=%d, buckets=%d", seed, buckets)
          .isEqualTo((int) Long.remainderUnsigned(hash, buckets));
    }
  }
}
