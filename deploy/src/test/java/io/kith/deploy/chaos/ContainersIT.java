package io.kith.deploy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.deploy.EdgeProducer;
import io.kith.deploy.local.ModelFile;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.topics.TopicReader;
import io.kith.deploy.topics.Topics;
import io.kith.model.Interaction;
import io.kith.operators.KithOptions;
import io.kith.operators.KithOptions.Delivery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/**
 * The job jar on a Flink cluster in containers, from the images that users run, through every
 * procedure of docs/operations.md: backfilled, then live; a task manager is killed, the broker
 * paused, a task manager cut off the network; rescaled, rolled back, begun again from a checkpoint
 * and from nothing; another model beside it. The outputs are the golden ones, byte for byte.
 */
@Tag("containers")
class ContainersIT {
  private static final int TASK_MANAGERS = 2;
  private static final int PARTITIONS = 4;
  private static final long PAUSE_SECONDS = 10;
  private static final long CUT_SECONDS = 20;
  private static final String PREFIX = "kith";
  private static final String NEXT = "next";
  private static final Path OTHER_MODEL = Path.of("src", "test", "resources", "tiny.safetensors");
  private static final String CHECKPOINTS = Containers.DATA + "/checkpoints";
  private static final String SAVEPOINTS = Containers.DATA + "/savepoints";
  private static final String[] AS_CONFIGURED = {"--config", Containers.SETTINGS};
  private static final String[] DOUBLED = {"--config", Containers.SETTINGS, "--parallelism", "4"};

  @TempDir Path folder;

  private Ledger ledger;
  private List<Interaction> stream;
  private FlinkJobScript job;

  @BeforeAll
  static void anEngineIsThere() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker engine answers, so nothing is run in containers (set DOCKER_HOST, or start"
            + " one)");
  }

  @Test
  @Timeout(900)
  void whatBefallsContainersDoesNotShow() throws Exception {
    stream = GoldenOutputs.stream(folder);
    Path file = folder.resolve("kith.yaml");
    Settings settings = settings(file, Map.of());
    Settings others =
        settings(
            folder.resolve("next.yaml"), Map.of("prefix", NEXT, "model", OTHER_MODEL.toString()));
    ExecutorService beside = Executors.newSingleThreadExecutor();
    Future<Ledger> expected = beside.submit(() -> undisturbed(settings));
    Future<Ledger> expectedOfOthers = beside.submit(() -> undisturbed(others));
    try (Containers containers = new Containers(file, OTHER_MODEL)) {
      containers.start(TASK_MANAGERS);
      ledger = expected.get();
      Settings outside = outside(settings, containers.bootstrapServers());
      try (Topics topics = new Topics(containers.bootstrapServers(), Map.of())) {
        topics.ensure(PREFIX, PARTITIONS, (short) 1);
      }
      job = new FlinkJobScript(containers.rest());
      int history = stream.size() / 10;
      try (Outputs outputs = new Outputs(outside, ledger)) {
        backfill(stream.subList(0, history), containers.bootstrapServers());
        try (Feed feed = feed(outside, stream.subList(history, stream.size()))) {
          disturb(containers, feed);
          feed.releaseAll();
          await(() -> ledger.different() > 0 || (feed.done() && ledger.missing() == 0));
        }
        lose(containers);
        outputs.failOnFailure();
        assertExact(ledger);
        assertThat(written(outside)).isEqualTo(Files.readString(GoldenOutputs.FILE));
        changeModel(containers, others, expectedOfOthers.get());
      } catch (Throwable e) {
        System.err.println(containers.logs());
        throw e;
      }
    } finally {
      beside.shutdownNow();
    }
  }

  private Ledger undisturbed(Settings settings) throws Exception {
    Ledger expected = new Ledger();
    Undisturbed.run(settings, ModelFile.read(settings), stream, folder, expected::expect);
    return expected;
  }

  private void backfill(List<Interaction> history, String servers) throws Exception {
    said("Backfilled with %d interactions, then live".formatted(history.size()));
    Path file = folder.resolve("history.csv");
    Files.writeString(
        file,
        history.stream()
            .map(i -> i.source() + "," + i.target() + "," + i.timestamp())
            .collect(Collectors.joining("\n", "source,target,timestamp\n", "\n")));
    job.submit(AS_CONFIGURED);
    OpsScript.run("backfill", List.of(file.toString(), servers, PREFIX));
  }

  private void disturb(Containers containers, Feed feed) throws Exception {
    feed.release(0.1);
    await(() -> ledger.arrived() > 0);

    long before = said("A task manager is killed");
    containers.killTaskManager();
    feed.release(0.25);
    // The other has a slot left for each of its subtasks.
    awaitCheckpointAfter(before);
    containers.addTaskManager();

    said("The broker is paused for " + PAUSE_SECONDS + " s");
    containers.pauseBroker();
    feed.release(0.4);
    TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
    containers.unpauseBroker();
    awaitCheckpointAfter(System.currentTimeMillis());

    before = said("A task manager is cut off the network for " + CUT_SECONDS + " s");
    Runnable heal = containers.cutOff();
    feed.release(0.55);
    TimeUnit.SECONDS.sleep(CUT_SECONDS);
    heal.run();
    awaitCheckpointAfter(before);

    said("Rescaled by a savepoint: parallelism=4");
    String savepoint = job.upgrade(SAVEPOINTS, DOUBLED);
    assertThat(job.restoredFrom()).isEqualTo(savepoint);
    feed.release(0.7);
    awaitCheckpointAfter(System.currentTimeMillis());

    said("Rolled back to a savepoint of before, at its old parallelism");
    job.rollback(savepoint, AS_CONFIGURED);
    assertThat(job.restoredFrom()).isEqualTo(savepoint);
    feed.release(0.85);
    awaitCheckpointAfter(System.currentTimeMillis());
  }

  private void lose(Containers containers) throws Exception {
    said("Cancelled, and begun again from its newest checkpoint");
    job.cancel();
    String checkpoint = job.newestCheckpoint();
    job.submitFrom(checkpoint, AS_CONFIGURED);
    awaitCheckpointAfter(0);
    assertThat(job.restoredFrom()).isEqualTo(checkpoint);

    said("The job manager is lost, and the job begun again from what stands in the folder");
    containers.replaceJobManager();
    job = new FlinkJobScript(containers.rest());
    checkpoint = containers.newestCheckpoint(CHECKPOINTS);
    job.submitFrom(checkpoint, AS_CONFIGURED);
    awaitCheckpointAfter(0);
    assertThat(job.restoredFrom()).isEqualTo(checkpoint);
    assertThat(job.status()).isEqualTo("RUNNING");
    assertThat(job.savepoint(SAVEPOINTS)).startsWith("file:" + Containers.DATA);

    said("Checkpoints and outputs are given up for lost: it says all of it again");
    job.cancel();
    long repeats = ledger.repeats();
    job.adopt(containers.flinkRun(AS_CONFIGURED));
    await(() -> ledger.different() > 0 || ledger.repeats() >= repeats + ledger.expected());
  }

  private void changeModel(Containers containers, Settings settings, Ledger others)
      throws Exception {
    said("Another model beside it, and serving turns to that");
    FlinkJobScript other =
        job.changeModel(
            containers.bootstrapServers(), PREFIX, NEXT, Containers.OTHER_MODEL, AS_CONFIGURED);
    try (Outputs outputs = new Outputs(outside(settings, containers.bootstrapServers()), others)) {
      await(() -> others.different() > 0 || others.missing() == 0);
      outputs.failOnFailure();
    }
    assertExact(others);
    job.stop(SAVEPOINTS);
    assertThat(other.status()).isEqualTo("RUNNING");
    assertThatItIsServed(containers, stream.get(0).source());
  }

  private static void assertExact(Ledger ledger) {
    Verdict verdict = Verdict.of(ledger, Delivery.AT_LEAST_ONCE);
    System.out.println(verdict.lines().get(0));
    assertThat(verdict.exact()).as(String.join("\n", verdict.lines())).isTrue();
  }

  /** What stands on the topics. */
  private static String written(Settings outside) {
    GoldenOutputs written = new GoldenOutputs();
    for (String topic : List.of("predictions", "embeddings")) {
      try (TopicReader reader =
          new TopicReader(
              outside.get(KithOptions.BOOTSTRAP_SERVERS), Map.of(), outside.topic(topic), true)) {
        while (!reader.isPastTheOld()) {
          for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofSeconds(1))) {
            written.add(record.topic(), record.key(), record.value());
          }
        }
      }
    }
    return written.text();
  }

  private static long said(String what) {
    System.out.println("  " + what);
    return System.currentTimeMillis();
  }

  private void awaitCheckpointAfter(long time) throws Exception {
    await(() -> job.newestTriggered() > time);
  }

  /** The test's own time limit ends it. */
  private static void await(Callable<Boolean> reached) throws Exception {
    while (!reached.call()) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static Settings settings(Path file, Map<String, String> more) throws Exception {
    Map<String, String> all = new HashMap<>(more);
    all.put("bootstrap-servers", Containers.BROKER);
    all.put("checkpoint-dir", "file://" + CHECKPOINTS);
    return GoldenOutputs.settings(file, all);
  }

  private static Settings outside(Settings settings, String bootstrapServers) {
    Configuration flink = new Configuration(settings.flink());
    flink.set(KithOptions.BOOTSTRAP_SERVERS, bootstrapServers);
    return new Settings(flink, settings.kafka());
  }

  private static Feed feed(Settings settings, List<Interaction> live) {
    EdgeProducer producer =
        new EdgeProducer(
            settings.get(KithOptions.BOOTSTRAP_SERVERS),
            Map.of("delivery.timeout.ms", "600000", "max.block.ms", "600000"),
            settings.topic("edges"));
    long after = ChaosSettings.closesAfterMs(settings);
    List<Interaction> ends = Feed.ends(live.get(live.size() - 1), after, PARTITIONS);
    return new Feed(producer, live, 2_000, ends);
  }

  private static void assertThatItIsServed(Containers containers, String node) throws Exception {
    String address = containers.serve(NEXT);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address + "/v1/nodes/" + node)).build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(answer.body()).at("/node").asText()).isEqualTo(node);
  }
}
