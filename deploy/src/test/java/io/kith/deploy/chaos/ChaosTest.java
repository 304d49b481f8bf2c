package io.kith.deploy.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.deploy.CommandRun;
import io.kith.deploy.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills real processes. */
class ChaosTest {
  @TempDir Path home;

  @BeforeEach
  void workHere() {
    System.setProperty("kith.home", home.toString());
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    System.clearProperty("kith.home");
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @Test
  @Timeout(400)
  void twoTaskManagersAndTheBrokerDieAndEveryRecordIsThereOnce() throws Exception {
    CommandRun run =
        chaos(
            "--kills",
            "3",
            "--seed",
            "1",
            "--limit",
            "2000",
            "--delivery",
            "exactly-once",
            "--who-next",
            "5");

    assertThat(run.text())
        .contains("Done: task managers killed=2, brokers=1, job managers=0")
        .contains("Verdict: exact. Every record is there once, with its bytes.");
    assertThat(run.exit()).as(run.text()).isZero();
    assertNoFilesLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  @Tag("long")
  @Timeout(1800)
  void twentyKillsAndTwoRescalingsDoNotShow(String delivery) throws Exception {
    CommandRun run =
        chaos(
            "--kills", "20", "--seed", "2", "--rescale", "--delivery", delivery, "--who-next", "5");

    assertThat(run.text())
        .contains("Done: task managers killed=12, brokers=6, job managers=2")
        .contains("parallelism=4", "parallelism=1")
        .contains("Verdict: exact.");
    assertThat(run.exit()).as(run.text()).isZero();
    assertNoFilesLeft();
  }

  @Test
  void whatCannotBeIsRefusedBeforeAnythingStarts() {
    CommandRun run =
        chaos("--kills", "0", "--parallelism", "3", "--max-parallelism", "4", "--rescale");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.text())
        .contains("no kill, no test: kills=0, least=1")
        .contains(
            "parallelism cannot be doubled; raise max-parallelism: parallelism=3, max-parallelism=4");
  }

  private static CommandRun chaos(String... flags) {
    List<String> all = new ArrayList<>(List.of("chaos"));
    all.addAll(List.of(flags));
    return CommandRun.kith(all.toArray(String[]::new));
  }

  private static void assertNoFilesLeft() throws Exception {
    try (Stream<Path> left = Files.list(Home.work())) {
      assertThat(left).isEmpty();
    }
  }
}
