package io.kith.deploy.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/**
 * What is killed and when: a function of the seed alone.
 *
 * @param strikes one after another
 */
record KillPlan(List<Strike> strikes) {
  /** In each ten: three times this, in any order, and a job manager. */
  private static final List<Victim> THREE =
      List.of(Victim.TASK_MANAGER, Victim.TASK_MANAGER, Victim.BROKER);

  private static final int TEN = 10;

  /** A few checkpoints, so that kills fall into them and between them. */
  private static final int LONGEST_WAIT_MS = 2_000;

  /** About what a recovery takes. */
  private static final int LONGEST_RECOVERY_MS = 4_000;

  private static final int LONGEST_DOWN_MS = 3_000;

  KillPlan {
    strikes = List.copyOf(strikes);
  }

  /** Draws a plan. */
  static KillPlan of(long seed, int kills) {
    Random random = new Random(seed);
    List<Victim> victims = new ArrayList<>();
    while (victims.size() < kills) {
      if (victims.size() % TEN == TEN - 1) {
        victims.add(Victim.JOB_MANAGER);
      } else {
        List<Victim> three = new ArrayList<>(THREE);
        Collections.shuffle(three, random);
        victims.addAll(three);
      }
    }
    List<Strike> strikes = new ArrayList<>();
    for (Victim victim : victims.subList(0, kills)) {
      boolean inRecovery = random.nextInt(4) == 0 && !strikes.isEmpty();
      strikes.add(
          new Strike(
              victim,
              random.nextInt(Integer.MAX_VALUE),
              victim == Victim.BROKER && random.nextBoolean(),
              inRecovery,
              random.nextInt(inRecovery ? LONGEST_RECOVERY_MS : LONGEST_WAIT_MS),
              random.nextInt(LONGEST_DOWN_MS)));
    }
    return new KillPlan(strikes);
  }

  /** Number of strikes at a victim. */
  long at(Victim victim) {
    return strikes.stream().filter(strike -> strike.victim() == victim).count();
  }

  /**
   * To what parallelism the job is brought once so many strikes are done: doubled after a third of
   * them, halved after two thirds.
   *
   * @param parallelism with which it began
   */
  OptionalInt rescaledAfter(int done, int parallelism) {
    int thirds = strikes.size() + 1;
    if (done == thirds / 3) {
      return OptionalInt.of(2 * parallelism);
    }
    return done == 2 * thirds / 3
        ? OptionalInt.of(Math.max(1, parallelism / 2))
        : OptionalInt.empty();
  }
}
