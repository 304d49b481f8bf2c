package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A savepoint of an earlier build, kept under {@code src/test/resources/savepoint}, goes on in this
 * one to the same bytes. A build that cannot go on from it fails here: it must refuse the old state
 * with both versions named ({@link StateVersionTest}), and then the savepoint is made again, by the
 * command in the {@code README.md} beside it.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpgradeTest {
  private static final Path KEPT = Path.of("src", "test", "resources", "savepoint", "_metadata");
  private static final int MOST_BYTES = 200_000;
  private static final int KEY_GROUPS = 16;

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobClusters.of(1, 2);

  /** Three hundred interactions; only the first half was there when the savepoint was made. */
  private final HostileStream stream = HostileStream.of(77, 300);

  @Test
  void aSavepointOfAnEarlierBuildGoesOnToTheSameBytes() throws Exception {
    JobRun undisturbed = new JobRun(stream.weightsFile());
    end(undisturbed.start(new Configuration(), settings(1), script(stream.ordered())));
    undisturbed.close();
    JobRun run = new JobRun(stream.weightsFile());
    end(
        run.start(
            Savepoints.from(KEPT.toAbsolutePath().getParent().toUri().toString()),
            settings(2),
            script(stream.ordered())));
    run.close();

    assertThat(run.predictions().size())
        .as("some windows were closed before, some held, some not yet begun")
        .isBetween(stream.ordered().size() / 3, undisturbed.predictions().size() - 20);
    assertThat(undisturbed.predictions()).containsAll(run.predictions());
    assertThat(undisturbed.finalEmbeddings()).containsAllEntriesOf(run.finalEmbeddings());
    assertThat(new TreeSet<>(run.finalEmbeddings().keySet())).isNotEmpty();
  }

  @Test
  @EnabledIfSystemProperty(named = "savepoint.make", matches = "true")
  void make() throws Exception {
    List<Arrival> half = stream.ordered().subList(0, stream.ordered().size() / 2);
    Path dir = Files.createTempDirectory("savepoint");
    try (JobRun run = new JobRun(stream.weightsFile())) {
      JobClient job =
          run.start(
              inOneFile(),
              settings(1),
              new ScriptSource<>(script(half), Boundedness.CONTINUOUS_UNBOUNDED, half.size()));
      run.awaitPredictions(half.size() / 2);
      Path made = Path.of(URI.create(Savepoints.stop(job, dir)));

      assertThat(namesIn(made)).containsExactly("_metadata");
      assertThat(Files.size(made.resolve("_metadata"))).isLessThan(MOST_BYTES);
      Files.createDirectories(KEPT.getParent());
      Files.write(KEPT, Files.readAllBytes(made.resolve("_metadata")));
    }
  }

  private static List<String> namesIn(Path dir) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** State up to this size stands in the savepoint's own file. */
  private static Configuration inOneFile() {
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
    return flink;
  }

  private static ArrivalScript script(List<Arrival> arrivals) {
    return Scripts.arrivals(arrivals, 1);
  }

  private Configuration settings(int parallelism) {
    Configuration settings = JobRun.settings(parallelism, 1_000);
    settings.setString("nodes", "500");
    settings.setString("max-parallelism", String.valueOf(KEY_GROUPS));
    settings.setString("out-of-orderness", "3 s");
    return settings;
  }

  private static void end(JobClient job) throws Exception {
    job.getJobExecutionResult().get(1, TimeUnit.MINUTES);
  }
}
