package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.deploy.local.LocalStack;
import io.kith.deploy.topics.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kith ask}, against a job on Kafka whose stream has gone silent. */
class AskTest {
  private static final Map<String, String> FLAGS =
      Map.of("delivery", "exactly-once", "checkpoint-interval", "10 min");

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void theRunningJobAnswers() throws Exception {
    try (LocalStack stack = new LocalStack(folder.resolve("run"), step -> {})) {
      stack.startKafka(TinyJob.settings(FLAGS), 0, 2);
      CommandRun early = ask(stack, "who-next", "ann", "--timeout", "1");
      assertThat(early.exit()).isEqualTo(1);
      assertThat(early.text())
          .contains("no answer; is the job running with this prefix, and has it caught up?")
          .contains("timeout=1.0 s, correlation-id=");

      stack.startJob();
      TinyJob.send(stack, "edges", TinyJob.edge("ann", "bob", 1_000));
      TinyJob.send(stack, "edges", TinyJob.edge("bob", "dan", 2_000));
      TinyJob.send(stack, "edges", TinyJob.edge("ann", "bob", 3_000));
      // Answers do not wait for a checkpoint, so they say first that the last window is applied.
      String last;
      do {
        last = said(ask(stack, "score", "ann", "bob"));
      } while (!last.contains("met 2 times, last 1970-01-01T00:00:03Z"));

      assertThat(last).startsWith("ann -> bob  ").contains("  as of 1970-01-01T00:00:04Z  ");
      assertThat(said(ask(stack, "who-next", "ann")))
          .startsWith("ann: most likely next partners, as of 1970-01-01T00:00:04Z\n")
          .contains("  bob  (again)  met 2 times, last 1970-01-01T00:00:03Z; ");
      JsonNode list =
          new ObjectMapper()
              .readTree(
                  said(ask(stack, "who-next", "ann", "--k", "1", "--exclude", "bob", "--json")));
      assertThat(list.get("node").asText()).isEqualTo("ann");
      assertThat(list.get("recommendations"))
          .extracting(item -> item.get("target").asText())
          .doesNotContain("bob");
      assertThat(said(ask(stack, "who-next", "eve"))).startsWith("eve is unknown to the job: ");
      assertThat(said(ask(stack, "score", "ann", "eve", "eve", "zoe")))
          .isEqualTo(
              """
              ann -> eve  no score: eve is unknown to the job
              eve -> zoe  no score: eve and zoe are unknown to the job
              """);
      CommandRun refused = ask(stack, "score", "ann", "ann");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.text())
          .contains("the job refused the request: a node is not asked about itself: source=ann");
      assertThat(answers(stack)).as("the early one has its answer as well").contains("ann");
    }
  }

  @Test
  void whatIsNoQuestionIsRefusedBeforeItIsSent() {
    assertThat(CommandRun.kith("ask").exit()).isEqualTo(2);
    CommandRun odd = CommandRun.kith("ask", "score", "ann", "bob", "cid");
    assertThat(odd.exit()).isEqualTo(2);
    assertThat(odd.text()).contains("the last SOURCE has no TARGET: SOURCE=cid");
  }

  private static CommandRun ask(LocalStack stack, String... what) {
    List<String> all = new ArrayList<>(List.of("ask"));
    all.addAll(List.of(what));
    all.addAll(List.of("--bootstrap-servers", stack.bootstrapServers()));
    return CommandRun.kith(all.toArray(String[]::new));
  }

  /** What a command said, but for how long it has waited: on a slow machine it says so. */
  private static String said(CommandRun run) {
    return run.text()
        .lines()
        .filter(line -> !line.startsWith("Waiting for "))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** The nodes of all answers that stand on the topic. */
  private static List<String> answers(LocalStack stack) throws Exception {
    List<String> nodes = new ArrayList<>();
    try (TopicReader reader =
        new TopicReader(
            stack.bootstrapServers(), Map.of(), stack.settings().topic("responses"), true)) {
      while (!reader.isPastTheOld()) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofSeconds(1))) {
          nodes.add(new ObjectMapper().readTree(record.value()).path("node").asText());
        }
      }
    }
    return nodes;
  }
}
