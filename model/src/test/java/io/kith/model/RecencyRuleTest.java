package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecencyRuleTest {
  @Test
  void aPairThatMetIsAheadOfEveryOtherThenTheNewestTargetThenTheUnknown() {
    long now = 1_100_000_000_000L;
    double metLongAgo = RecencyRule.score(true, 0, true, now);
    double metLately = RecencyRule.score(true, now - 1, true, now);
    double busyTarget = RecencyRule.score(false, 0, true, now);
    double idleTarget = RecencyRule.score(false, 0, true, now - 1);
    double unknown = RecencyRule.score(false, 0, false, 0);

    assertThat(metLately).isGreaterThan(metLongAgo);
    assertThat(metLongAgo).isGreaterThan(busyTarget);
    assertThat(busyTarget).isGreaterThan(idleTarget);
    assertThat(idleTarget).isGreaterThan(unknown);
  }
}
