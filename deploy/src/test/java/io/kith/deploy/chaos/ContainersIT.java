package io.kith.deploy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.deploy.EdgeProducer;
import io.kith.deploy.demo.DemoStream;
import io.kith.deploy.local.ModelFile;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsLoader;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/**
 * The job jar on a Flink cluster in containers, from the images that users run. A task manager is
 * killed, the broker is paused, a task manager is cut off the network, the job is rescaled, rolled
 * back and begun again from a checkpoint: every output is, byte for byte, that of an undisturbed
 * run.
 */
@Tag("containers")
class ContainersIT {
  private static final int TASK_MANAGERS = 2;
  private static final int PARTITIONS = 4;
  private static final long PAUSE_SECONDS = 10;
  private static final long CUT_SECONDS = 20;
  private static final String[] AS_CONFIGURED = {"--config", Containers.SETTINGS};
  private static final String[] DOUBLED = {"--config", Containers.SETTINGS, "--parallelism", "4"};

  @TempDir Path folder;

  private final Ledger ledger = new Ledger();
  private FlinkJobScript job;

  @BeforeAll
  static void anEngineIsThere() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker engine answers, so nothing is run in containers (set DOCKER_HOST, or start"
            + " one)");
  }

  @Test
  @Timeout(600)
  void whatBefallsContainersDoesNotShow() throws Exception {
    run(12_000);
  }

  @Test
  @Tag("long")
  @Timeout(3600)
  void norDoesItOnTheWholeStream() throws Exception {
    run(Integer.MAX_VALUE);
  }

  private void run(int limit) throws Exception {
    List<Interaction> stream =
        DemoStream.bundled(folder, limit).interactions().stream()
            .filter(i -> !i.source().equals(i.target()))
            .toList();
    Settings settings = settings();
    try (Containers containers = new Containers(folder.resolve("kith.yaml"))) {
      containers.start(TASK_MANAGERS);
      Undisturbed.run(settings, ModelFile.read(settings), stream, folder, ledger);
      Settings outside = outside(settings, containers.bootstrapServers());
      try (Topics topics = new Topics(containers.bootstrapServers(), Map.of())) {
        topics.ensure(outside.get(KithOptions.PREFIX), PARTITIONS, (short) 1);
      }
      job = new FlinkJobScript(containers.rest());
      try (Outputs outputs = new Outputs(outside, ledger);
          Feed feed = feed(outside, stream)) {
        disturb(containers, feed);
        feed.releaseAll();
        await(() -> ledger.different() > 0 || (feed.done() && ledger.missing() == 0));
        outputs.failOnFailure();
      } catch (Throwable e) {
        System.err.println(containers.logs());
        throw e;
      }
      Verdict verdict = Verdict.of(ledger, Delivery.AT_LEAST_ONCE);
      System.out.println(verdict.lines().get(0));
      assertThat(verdict.exact()).as(String.join("\n", verdict.lines())).isTrue();
      assertThatItIsServed(containers, stream.get(0).source());
    }
  }

  private void disturb(Containers containers, Feed feed) throws Exception {
    job.submit(AS_CONFIGURED);
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
    String savepoint = job.stop(Containers.DATA + "/savepoints");
    job.submitFrom(savepoint, DOUBLED);
    feed.release(0.7);
    awaitCheckpointAfter(0);
    assertThat(job.restoredFrom()).isEqualTo(savepoint);

    said("Rolled back to a savepoint of before, at its old parallelism");
    job.cancel();
    job.submitFrom(savepoint, AS_CONFIGURED);
    feed.release(0.85);
    awaitCheckpointAfter(0);
    assertThat(job.restoredFrom()).isEqualTo(savepoint);

    said("Cancelled, and begun again from its newest checkpoint");
    String checkpoint = job.newestCheckpoint();
    job.cancel();
    job.submitFrom(checkpoint, AS_CONFIGURED);
    awaitCheckpointAfter(0);
    assertThat(job.restoredFrom()).isEqualTo(checkpoint);
    assertThat(job.status()).isEqualTo("RUNNING");
    assertThat(job.savepoint(Containers.DATA + "/savepoints"))
        .startsWith("file:" + Containers.DATA);
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

  private Settings settings() throws Exception {
    Path file = folder.resolve("kith.yaml");
    Files.writeString(
        file,
        """
        bootstrap-servers: %s
        window: 1 h
        nodes: 2000
        parallelism: 2
        max-parallelism: 16
        checkpoint-interval: 1 s
        checkpoint-dir: file://%s/checkpoints
        idle-timeout: 0
        """
            .formatted(Containers.BROKER, Containers.DATA));
    return new SettingsLoader(Map.of())
        .load(Optional.of(file), Map.of(), KithOptions.BOOTSTRAP_SERVERS);
  }

  private static Settings outside(Settings settings, String bootstrapServers) {
    Configuration flink = new Configuration(settings.flink());
    flink.set(KithOptions.BOOTSTRAP_SERVERS, bootstrapServers);
    return new Settings(flink, settings.kafka());
  }

  private static Feed feed(Settings settings, List<Interaction> stream) {
    EdgeProducer producer =
        new EdgeProducer(
            settings.get(KithOptions.BOOTSTRAP_SERVERS),
            Map.of("delivery.timeout.ms", "600000", "max.block.ms", "600000"),
            settings.topic("edges"));
    long after = ChaosSettings.closesAfterMs(settings);
    List<Interaction> ends = Feed.ends(stream.get(stream.size() - 1), after, PARTITIONS);
    return new Feed(producer, stream, 2_000, ends);
  }

  private static void assertThatItIsServed(Containers containers, String node) throws Exception {
    String address = containers.serve("kith");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address + "/v1/nodes/" + node)).build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(answer.body()).at("/node").asText()).isEqualTo(node);
  }
}
