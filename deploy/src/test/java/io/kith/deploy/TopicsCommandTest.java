package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.deploy.local.EmbeddedKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandTest {
  private static final String DIFFERS = "    differs: ";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, false);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void createsWhatIsMissingAndThenHasNothingToSay() {
    CommandRun first = topics("a", "--partitions", "2", "--replication", "1");
    CommandRun again = topics("a", "--partitions", "2", "--replication", "1");

    assertThat(first.exit()).isZero();
    assertThat(first.text())
        .containsPattern("a.edges +2 partitions  created  interactions in")
        .containsPattern("a.quality +1 partitions  created  accuracy over time")
        .doesNotContain("exists", DIFFERS);
    assertThat(again.text()).isEqualTo(first.text().replace("created", "exists "));
  }

  @Test
  void saysHowEachThatExistsDiffersFromWhatIsAskedAndChangesNothing() {
    create("b.edges", 2, Map.of());
    create("b.embeddings", 2, Map.of("cleanup.policy", "delete"));
    create("b.dead-letter", 3, Map.of("max.message.bytes", "1048588"));
    topics("b", "--partitions", "3");

    CommandRun said = topics("b", "--partitions", "3", "--replication", "2");

    assertThat(differences(said, "b.edges"))
        .containsExactly("partitions=2, expected=3", "replication=1, expected=2");
    assertThat(differences(said, "b.embeddings"))
        .containsExactlyInAnyOrder(
            "cleanup.policy=delete, expected=compact",
            "message.timestamp.type=CreateTime, expected=LogAppendTime",
            "partitions=2, expected=3",
            "replication=1, expected=2");
    assertThat(differences(said, "b.predictions"))
        .containsExactly(
            "partitions=3, expected=2 as b.embeddings has, for 'kith serve'",
            "replication=1, expected=2");
    assertThat(differences(said, "b.dead-letter"))
        .containsExactlyInAnyOrder(
            "max.message.bytes=1048588, expected=16777216",
            "message.timestamp.type=CreateTime, expected=LogAppendTime",
            "partitions=3, expected=1",
            "replication=1, expected=2");
    assertThat(topics("b", "--partitions", "3", "--replication", "2").text())
        .isEqualTo(said.text());
  }

  @Test
  void topicsJustMadeAreHeldAgainstTheEmbeddingsToo() {
    create("c.embeddings", 2, Map.of());

    CommandRun said = topics("c", "--partitions", "3");

    assertThat(said.text()).containsPattern("c.predictions +3 partitions  created");
    for (String made : List.of("c.predictions", "c.recommendations")) {
      assertThat(differences(said, made))
          .containsExactly("partitions=3, expected=2 as c.embeddings has, for 'kith serve'");
    }
    assertThat(differences(said, "c.edges")).isEmpty();
  }

  @Test
  void anyNumberWillDoWhereNoneIsAsked() {
    topics("d", "--partitions", "2");

    assertThat(topics("d").text()).doesNotContain(DIFFERS);
    assertThat(topics("e").text()).containsPattern("e.edges +4 partitions  created");
  }

  @Test
  void numbersThatNoTopicHasAreRefusedAllAtOnce() {
    CommandRun said = topics("f", "--partitions", "0", "--replication", "0");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.text().lines())
        .contains(
            "no topic has so few partitions: partitions=0, least=1",
            "no topic has so few copies: replication=0, least=1");
  }

  private static CommandRun topics(String prefix, String... flags) {
    List<String> all = new ArrayList<>(List.of("topics", "--prefix", prefix));
    all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
    all.addAll(Arrays.asList(flags));
    return CommandRun.kith(all.toArray(String[]::new));
  }

  /** What stands below the line of a topic. */
  private static List<String> differences(CommandRun said, String topic) {
    return said.text()
        .lines()
        .dropWhile(line -> !line.startsWith(topic + " "))
        .skip(1)
        .takeWhile(line -> line.startsWith(DIFFERS))
        .map(line -> line.substring(DIFFERS.length()))
        .toList();
  }

  private static void create(String topic, int partitions, Map<String, String> settings) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
          .all()
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }
  }
}
