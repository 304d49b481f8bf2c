package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forgetting by the whole job: CollegeMsg, with three nodes forgotten in the middle. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForgetJobTest {
  private static final long WINDOW = 60_000;
  private static final int MIDDLE = 1_500;
  private static final int ALL = 3_000;
  private static final int PARTITIONS = 3;
  private static final Windows WINDOWS = new Windows(WINDOW);

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobClusters.of(2, 4);

  private final String gate = UUID.randomUUID().toString();
  private final List<Interaction> edges = new ArrayList<>();
  private String gone;
  private String back;
  private String atLast;
  private long lastTime;

  /**
   * One node does not come back; another does at once, and the third only at the end, where a
   * checkpoint that had kept its record would show. Just after, and at the end, each node there has
   * an interaction: so every record is read at once, and shown at last.
   */
  @BeforeEach
  void prepare() {
    List<Interaction> golden = Golden.edges().subList(0, ALL);
    Map<String, Integer> counts = new HashMap<>();
    for (Interaction i : golden.subList(0, MIDDLE)) {
      counts.merge(i.source(), 1, Integer::sum);
    }
    List<String> busiest =
        counts.keySet().stream()
            .sorted(Comparator.comparing((String node) -> -counts.get(node)).thenComparing(n -> n))
            .toList();
    gone = busiest.get(0);
    back = busiest.get(1);
    atLast = busiest.get(2);
    lastTime = golden.get(MIDDLE - 1).timestamp();
    for (Interaction edge : golden) {
      if (known(edge)) {
        edges.add(edge);
      }
    }
    Set<String> silent = Set.of(gone, atLast);
    edges.addAll(ring((WINDOWS.of(lastTime) + 1) * WINDOW, silent));
    for (Interaction edge : golden) {
      boolean ofSilent = silent.contains(edge.source()) || silent.contains(edge.target());
      if (!known(edge) && !ofSilent) {
        edges.add(edge);
      }
    }
    edges.addAll(ring(golden.get(ALL - 1).timestamp() + 10 * WINDOW, Set.of(gone)));
  }

  /** An interaction of each node so far with the next one, all at one time. */
  private List<Interaction> ring(long time, Set<String> without) {
    List<String> nodes =
        edges.stream()
            .flatMap(edge -> Stream.of(edge.source(), edge.target()))
            .filter(node -> !without.contains(node))
            .distinct()
            .sorted()
            .toList();
    List<Interaction> ring = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      ring.add(new Interaction(nodes.get(i), nodes.get((i + 1) % nodes.size()), time));
    }
    return ring;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void noOutputAfterItContainsTheNodeAtAnyParallelism(int parallelism) throws Exception {
    try (JobRun run = new JobRun()) {
      JobClient job =
          run.start(
              new Configuration(),
              JobRun.settings(parallelism, WINDOW),
              gated(Scripts.of(edges, PARTITIONS), Boundedness.BOUNDED),
              new ScriptSource<>(signals()));
      run.awaitTombstone("nobody");
      GatedSource.open(gate);
      job.getJobExecutionResult().get(2, TimeUnit.MINUTES);

      assertForgotten(run);
      assertThat(run.deadLetters()).hasSize(1);
      DeadLetter letter = run.deadLetters().get(0);
      assertThat(letter.stage()).isEqualTo("signals");
      assertThat(letter.reason()).isEqualTo("no such signal; known is forget: type=remember");
      assertThat(letter.origin()).isEqualTo(new Origin("raw", 0, 2, 0));
    }
  }

  /** The first savepoint is before the windows that know the nodes are over, the second after. */
  @Test
  void restartsDoNotShow(@TempDir Path dir) throws Exception {
    ArrivalScript first = Scripts.of(edges.subList(0, MIDDLE - 300), PARTITIONS);
    ArrivalScript second = Scripts.of(edges.subList(0, MIDDLE + 900), PARTITIONS);
    try (JobRun run = new JobRun()) {
      JobClient job = start(run, 1, null, gated(first, Boundedness.CONTINUOUS_UNBOUNDED));
      run.awaitTombstone("nobody");
      GatedSource.open(gate);
      run.awaitPredictions(MIDDLE / 2);
      String savepoint = Savepoints.stop(job, dir);
      assertThat(tombstones(run)).containsExactly("nobody");

      job = start(run, 4, savepoint, gated(second, Boundedness.CONTINUOUS_UNBOUNDED));
      run.awaitTombstone(gone);
      run.awaitTombstone(back);
      run.awaitTombstone(atLast);
      run.awaitPredictions(MIDDLE + 600);
      savepoint = Savepoints.stop(job, dir);

      job = start(run, 2, savepoint, gated(Scripts.of(edges, PARTITIONS), Boundedness.BOUNDED));
      job.getJobExecutionResult().get(2, TimeUnit.MINUTES);

      assertForgotten(run);
    }
  }

  @Test
  void aSilentStreamForgetsAsWell() throws Exception {
    List<Interaction> few = edges.subList(0, 200);
    Configuration settings = JobRun.settings(2, WINDOW);
    settings.setString("idle-timeout", "100 ms");
    try (JobRun run = new JobRun()) {
      JobClient job =
          run.start(
              new Configuration(),
              settings,
              new ScriptSource<>(Scripts.of(few, 1), Boundedness.CONTINUOUS_UNBOUNDED, 1),
              new GatedSource<>(
                  gate,
                  new ScriptSource<>(
                      Scripts.raw(List.of(forget(few.get(0).source(), null))),
                      Boundedness.CONTINUOUS_UNBOUNDED,
                      1)));
      run.awaitPredictions(few.size());
      GatedSource.open(gate);
      run.awaitTombstone(few.get(0).source());
      job.cancel().get(30, TimeUnit.SECONDS);

      assertThat(tombstones(run)).containsExactly(few.get(0).source());
    }
  }

  /** The Gate that the request's partition belongs to has seen nothing; another one has. */
  @Test
  void whatOpenWindowsHoldIsForgottenWhicheverWayItCame() throws Exception {
    List<Interaction> few =
        List.of(new Interaction("a", "b", 0), new Interaction("x", "y", 10 * WINDOW));
    Configuration settings = JobRun.settings(2, WINDOW);
    settings.setString("idle-timeout", "2 s");
    try (JobRun run = new JobRun()) {
      JobClient job =
          run.start(
              new Configuration(),
              settings,
              new ScriptSource<>(
                  new ByPartitionOne(Scripts.of(few, 1)), Boundedness.CONTINUOUS_UNBOUNDED, 1),
              new GatedSource<>(
                  gate,
                  new ScriptSource<>(
                      Scripts.raw(List.of(forget("x", null))),
                      Boundedness.CONTINUOUS_UNBOUNDED,
                      1)));
      run.awaitPredictions(1);
      GatedSource.open(gate);
      run.awaitPredictions(2);
      run.awaitTombstone("x");
      run.awaitEmbedding("y"); // of another subtask, maybe
      job.cancel().get(30, TimeUnit.SECONDS);

      assertThat(run.finalEmbeddings()).containsEntry("x", "forgotten").containsKey("y");
    }
  }

  /** Arrivals of partition 0 that say they came by partition 1. */
  private record ByPartitionOne(Script<Arrival> script) implements Script<Arrival> {
    private static final long serialVersionUID = 1L;

    @Override
    public int partitions() {
      return script.partitions();
    }

    @Override
    public Iterator<Arrival> open(int partition, long from) {
      Iterator<Arrival> arrivals = script.open(partition, from);
      return Stream.generate(() -> arrivals)
          .takeWhile(Iterator::hasNext)
          .map(Iterator::next)
          .map(a -> Arrival.of(new Origin("edges", 1, a.origin().offset(), 0), a.interaction()))
          .iterator();
    }
  }

  private JobClient start(
      JobRun run, int parallelism, String savepoint, Source<Arrival, ?, ?> source)
      throws Exception {
    Configuration flink = new Configuration();
    if (savepoint != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    return run.start(
        flink,
        JobRun.settings(parallelism, WINDOW),
        source,
        new ScriptSource<>(signals(), source.getBoundedness(), 1));
  }

  private Source<Arrival, ?, ?> gated(Script<Arrival> script, Boundedness bounds) {
    return new GatedSource<>(
        gate, ScriptSource.idleAfter(0, new ScriptSource<>(script, bounds, 1)));
  }

  /** The last one takes effect at once, and shows that those before it have been taken in. */
  private Script<RawArrival> signals() {
    return Scripts.raw(
        List.of(
            forget(gone, lastTime),
            forget(back, lastTime),
            "{\"type\":\"remember\",\"node\":\"a\"}",
            forget(atLast, lastTime),
            forget("nobody", null)));
  }

  private static String forget(String node, Long timestamp) {
    String time = timestamp == null ? "" : ",\"timestamp\":" + timestamp;
    return "{\"type\":\"forget\",\"node\":\"" + node + "\"" + time + "}";
  }

  /** Whether it is of a window that still knows the nodes. */
  private boolean known(Interaction edge) {
    return WINDOWS.of(edge.timestamp()) <= WINDOWS.of(lastTime);
  }

  private static List<String> tombstones(JobRun run) {
    return run.embeddings().stream()
        .filter(record -> record.value() == null)
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }

  private void assertForgotten(JobRun run) {
    assertThat(tombstones(run)).containsExactlyInAnyOrder(gone, back, atLast, "nobody");
    assertThat(run.finalEmbeddings()).containsEntry(gone, "forgotten");
    boolean said = false;
    for (OutputRecord record : run.embeddings()) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      assertThat(said && key.equals(gone)).as("embedding after the tombstone").isFalse();
      said |= key.equals(gone) && record.value() == null;
    }
    Map<String, String> last = new TreeMap<>();
    for (OutputRecord record : run.records()) {
      last.put(
          new String(record.key(), StandardCharsets.UTF_8),
          new String(record.value(), StandardCharsets.UTF_8));
    }
    last.remove(gone);
    assertThat(last).hasSizeGreaterThan(300);
    last.forEach(
        (node, record) ->
            assertThat(record)
                .as("N-cache of " + node)
                .doesNotContain(":" + NodeKey.of(gone) + ":"));
    SequentialRun expected = new SequentialRun(WINDOWS);
    expected.apply(edges.stream().filter(this::known).toList());
    assertThat(expected.forget(gone, back, atLast)).as("records that hold them").isGreaterThan(10);
    expected.apply(edges.stream().filter(edge -> !known(edge)).toList());
    assertThat(run.predictionsAlone()).isEqualTo(expected.predictions());
    assertThat(run.finalEmbeddings()).containsAllEntriesOf(expected.embeddings());
    assertThat(last).isEqualTo(expected.records());
  }
}
