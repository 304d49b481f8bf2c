package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.deploy.local.EmbeddedFlink;
import io.kith.deploy.local.EmbeddedKafka;
import io.kith.deploy.local.LocalJob;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.deploy.topics.TopicReader;
import io.kith.deploy.topics.Topics;
import io.kith.model.Interaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that reads what another one reads, as when a model is changed. */
class SecondJobTest {
  private static final int INTERACTIONS = 200;

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void itReadsTheFirstOnesTopicsAndWritesItsOwn() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, false)) {
      String servers = kafka.bootstrapServers();
      try (Topics topics = new Topics(servers, Map.of())) {
        topics.ensure("kith", 2, (short) 1);
        topics.ensure("next", 2, (short) 1);
        send(servers);
        assertThat(lag(servers, "kith")).isEqualTo(new CommandRun(0, "kith.edges: 200 unread\n"));

        try (EmbeddedFlink job =
                LocalJob.start(settings(servers), folder.resolve("checkpoints"), Optional.empty());
            TopicReader predictions =
                new TopicReader(servers, Map.of(), "next.predictions", true)) {
          assertThat(lag(servers, "kith", "--until", "0").text())
              .isEqualTo("kith.edges: 0 unread\n");
          Set<String> sources = new TreeSet<>();
          while (sources.size() < INTERACTIONS && !job.ended()) {
            predictions
                .poll(Duration.ofSeconds(1))
                .forEach(record -> sources.add(new String(record.key(), StandardCharsets.UTF_8)));
          }
          assertThat(sources).hasSize(INTERACTIONS);
        }
        assertThat(topics.records("kith.predictions")).containsEntry("kith.predictions", 0L);
      }
      assertThat(lag(servers, "nobody"))
          .isEqualTo(
              new CommandRun(
                  1,
                  "kith lag: there is no such topic; check --prefix and --input-prefix:"
                      + " topic=nobody.edges\n"));
    }
  }

  private static CommandRun lag(String servers, String inputPrefix, String... more) {
    String[] command = {
      "lag", "--bootstrap-servers", servers, "--prefix", "next", "--input-prefix", inputPrefix
    };
    return CommandRun.kith(Stream.of(command, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private static void send(String servers) throws Exception {
    try (EdgeProducer producer = new EdgeProducer(servers, Map.of(), "kith.edges")) {
      for (int i = 0; i < INTERACTIONS; i++) {
        producer.send(new Interaction("s" + i, "t" + i % 7, 1_000L * i));
      }
      producer.flush();
    }
  }

  private static Settings settings(String servers) throws Exception {
    return new SettingsLoader(Map.of())
        .load(
            Optional.empty(),
            Map.of(
                "bootstrap-servers", servers,
                "prefix", "next",
                "input-prefix", "kith",
                "model", "src/test/resources/tiny.safetensors",
                "nodes", "1000",
                "checkpoint-interval", "100 ms"));
  }
}
