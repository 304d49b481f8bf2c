package io.kith.deploy.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KillPlanTest {
  @Test
  void aSeedSaysWhoDiesAndWhen() {
    KillPlan plan = KillPlan.of(1, 20);

    assertThat(plan).isEqualTo(KillPlan.of(1, 20)).isNotEqualTo(KillPlan.of(2, 20));
    assertThat(plan.at(Victim.TASK_MANAGER)).isEqualTo(12);
    assertThat(plan.at(Victim.BROKER)).isEqualTo(6);
    assertThat(plan.at(Victim.JOB_MANAGER)).isEqualTo(2);
  }

  @Test
  void threeKillsAreTwoTaskManagersAndABroker() {
    SplittableRandom seeds = new SplittableRandom(3);
    for (int i = 0; i < 100; i++) {
      long seed = seeds.nextLong();
      KillPlan plan = KillPlan.of(seed, 3);
      assertThat(plan.at(Victim.TASK_MANAGER)).as("seed=" + seed).isEqualTo(2);
      assertThat(plan.at(Victim.BROKER)).as("seed=" + seed).isEqualTo(1);
    }
  }

  @Test
  void someFallIntoARecoveryAndTheFirstWaitsForTheJob() {
    KillPlan plan = KillPlan.of(5, 200);

    assertThat(plan.strikes().get(0).inRecovery()).isFalse();
    assertThat(plan.strikes().stream().filter(Strike::inRecovery).count()).isBetween(30L, 70L);
    assertThat(plan.strikes())
        .allSatisfy(
            strike -> {
              assertThat(strike.afterMs()).isBetween(0L, 4_000L);
              assertThat(strike.downMs()).isBetween(0L, 3_000L);
              assertThat(strike.place()).isNotNegative();
              assertThat(strike.orderly() && strike.victim() != Victim.BROKER).isFalse();
            });
    assertThat(plan.strikes()).anyMatch(Strike::orderly);
  }

  @Test
  void parallelismIsDoubledAfterAThirdAndHalvedAfterTwoThirds() {
    KillPlan plan = KillPlan.of(1, 20);

    assertThat(plan.rescaledAfter(7, 2)).isEqualTo(OptionalInt.of(4));
    assertThat(plan.rescaledAfter(14, 2)).isEqualTo(OptionalInt.of(1));
    assertThat(plan.rescaledAfter(8, 2)).isEmpty();
    assertThat(plan.rescaledAfter(20, 2)).isEmpty();
  }

  @Test
  void anyNumberOfKillsHasBothRescalings() {
    for (int kills = 1; kills < 40; kills++) {
      KillPlan plan = KillPlan.of(kills, kills);
      int rescalings = 0;
      for (int done = 0; done <= kills; done++) {
        rescalings += plan.rescaledAfter(done, 1).isPresent() ? 1 : 0;
      }
      assertThat(rescalings).as("kills=" + kills).isEqualTo(2);
    }
  }
}
