package io.kith.deploy.chaos;

import io.kith.deploy.CommandException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;

/**
 * Carries out a plan: strikes, replaces, rescales, waits, and then waits for the rest of the
 * outputs. One thread.
 */
final class Chaos {
  private static final long STEP_MS = 100;

  /** Nothing at all moves for so long: a stall. */
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** All is sent, so many checkpoints went by, and nothing has come: it never will. */
  private static final long LAST_CHECKPOINTS = 20;

  /** After the last record expected: looks at the topics that must find nothing more. */
  private static final int EMPTY_ROUNDS = 3;

  /** Something to wait for. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws Exception;
  }

  private final Processes processes;
  private final RemoteJob job;
  private final Feed feed;
  private final Outputs outputs;
  private final Ledger ledger;
  private final Display display;
  private final int firstParallelism;
  private final boolean rescales;
  private final Recoveries recoveries = new Recoveries();
  private int parallelism;
  private Victim away;
  private Strike unrecovered;
  private long struckAt;
  private long lastTriggered;
  private long completed;
  private long completedEarlier;
  private long cameBefore;
  private long movedAt = System.nanoTime();
  private long checkpointsBefore;
  private int suicides;

  Chaos(
      Processes processes,
      RemoteJob job,
      Feed feed,
      Outputs outputs,
      Ledger ledger,
      int parallelism,
      boolean rescales,
      Display display) {
    this.processes = processes;
    this.job = job;
    this.feed = feed;
    this.outputs = outputs;
    this.ledger = ledger;
    this.firstParallelism = parallelism;
    this.parallelism = parallelism;
    this.rescales = rescales;
    this.display = display;
  }

  /**
   * Returns when all outputs are there, or one is wrong, or no more can be hoped for.
   *
   * @throws CommandException where a process ends by itself, the job ends, or nothing moves
   */
  void run(KillPlan plan) throws Exception {
    int kills = plan.strikes().size();
    job.begin();
    await(job::taken);
    await(() -> lastTriggered > 0);
    display.event("The job runs and has completed its first checkpoint");
    for (int done = 0; done < kills && ledger.different() == 0; done++) {
      rescale(plan, done);
      feed.release((done + 1.0) / (kills + 1));
      Strike strike = plan.strikes().get(done);
      if (!strike.inRecovery()) {
        awaitRecovery();
      }
      pause(strike.afterMs());
      strike(strike);
    }
    awaitRecovery();
    rescale(plan, kills);
    feed.releaseAll();
    awaitOutputs();
  }

  private void strike(Strike strike) throws Exception {
    if (unrecovered != null) {
      display.event("  struck before it ran again");
    }
    away = strike.victim();
    String name = processes.kill(strike);
    // No checkpoint that is begun from now on is completed by those that were there before.
    struckAt = System.currentTimeMillis();
    display.kill(
        "%s %s; another after %.1f s"
            .formatted(
                name, strike.orderly() ? "stopped" : "killed (SIGKILL)", strike.downMs() / 1e3));
    pause(strike.downMs());
    processes.replace(strike.victim());
    away = null;
    if (strike.victim() == Victim.JOB_MANAGER) {
      newJob();
      job.beginAgain(parallelism);
      await(job::taken);
      display.event("  submitted again from its newest checkpoint");
    }
    unrecovered = strike;
  }

  private void rescale(KillPlan plan, int done) throws Exception {
    OptionalInt wanted = plan.rescaledAfter(done, firstParallelism);
    if (!rescales || wanted.isEmpty()) {
      return;
    }
    awaitRecovery();
    parallelism = wanted.getAsInt();
    struckAt = System.currentTimeMillis();
    job.rescale(parallelism);
    newJob();
    await(job::taken);
    display.event("Rescaled by a savepoint: parallelism=" + parallelism);
    await(() -> lastTriggered > struckAt);
  }

  /** Its checkpoints are counted from 0 again. */
  private void newJob() {
    completedEarlier += completed;
    completed = 0;
  }

  /** Running again means: a checkpoint that was begun after the strike is complete. */
  private void awaitRecovery() throws Exception {
    await(() -> lastTriggered > struckAt);
    if (unrecovered != null) {
      double after = (System.currentTimeMillis() - struckAt) / 1e3;
      recoveries.add(unrecovered.victim(), after);
      display.event("  running again after %.1f s".formatted(after));
      unrecovered = null;
    }
  }

  private void awaitOutputs() throws Exception {
    await(() -> ledger.different() > 0 || (feed.done() && (ledger.missing() == 0 || givenUp())));
    struckAt = System.currentTimeMillis();
    await(() -> lastTriggered > struckAt);
    outputs.countEmptyRounds();
    await(() -> outputs.emptyRounds() >= EMPTY_ROUNDS);
  }

  private boolean givenUp() {
    return completedEarlier + completed > checkpointsBefore + LAST_CHECKPOINTS;
  }

  private void pause(long millis) throws Exception {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    await(() -> System.nanoTime() >= until);
  }

  private void await(Condition reached) throws Exception {
    look();
    while (!reached.holds()) {
      TimeUnit.MILLISECONDS.sleep(STEP_MS);
      look();
    }
  }

  private void look() throws Exception {
    feed.failOnFailure();
    outputs.failOnFailure();
    processes.failOnDeath(away);
    replaceSuicides();
    if (away != Victim.JOB_MANAGER) {
      job.failOnEnd();
      lookAtCheckpoints();
    }
    long came = ledger.arrived() + ledger.repeats() + ledger.different();
    long now = System.nanoTime();
    if (came != cameBefore) {
      cameBefore = came;
      checkpointsBefore = completedEarlier + completed;
      movedAt = now;
    }
    display.show(feed.sent(), ledger, completedEarlier + completed);
    if (now - movedAt > PATIENCE_NANOS) {
      processes.dumpThreads();
      throw new CommandException(
          "nothing has moved for five minutes: sent=%d, arrived=%d, expected=%d, checkpoints=%d"
              .formatted(
                  feed.sent(), ledger.arrived(), ledger.expected(), completedEarlier + completed));
    }
  }

  /** Each kill may drag one more task manager along; more than that is a fault. */
  private void replaceSuicides() throws Exception {
    for (String dead : processes.replaceSuicides()) {
      display.event("  a task manager ended by itself, another is started: name=" + dead);
      if (++suicides > display.kills()) {
        throw new CommandException(
            "task managers end by themselves: kills=%d, ended=%d, last=%s"
                .formatted(display.kills(), suicides, dead));
      }
    }
  }

  private void lookAtCheckpoints() throws InterruptedException {
    Optional<CheckpointingStatistics> found = job.checkpoints();
    if (found.isEmpty()) {
      return;
    }
    long now = found.get().getCounts().getNumberCompletedCheckpoints();
    if (now != completed) {
      completed = now;
      movedAt = System.nanoTime();
    }
    CheckpointStatistics newest =
        found.get().getLatestCheckpoints().getCompletedCheckpointStatistics();
    if (newest != null) {
      lastTriggered = newest.getTriggerTimestamp();
    }
  }

  /** What was done, in one line. */
  String summary(KillPlan plan) {
    return "Done: task managers killed=%d, brokers=%d, job managers=%d, checkpoints=%d; running again after, median / longest: %s"
        .formatted(
            plan.at(Victim.TASK_MANAGER),
            plan.at(Victim.BROKER),
            plan.at(Victim.JOB_MANAGER),
            completedEarlier + completed,
            recoveries.text());
  }
}
