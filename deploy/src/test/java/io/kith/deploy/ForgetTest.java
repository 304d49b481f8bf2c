package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.deploy.local.LocalStack;
import io.kith.deploy.topics.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node is forgotten by the command, on a broker, while the stream goes on. */
class ForgetTest {
  @TempDir Path folder;

  @Test
  @Timeout(120)
  void aForgottenNodeHasATombstoneAndIsNamedNoMore() throws Exception {
    try (LocalStack stack = new LocalStack(folder.resolve("run"), step -> {})) {
      stack.startKafka(TinyJob.settings(Map.of()), 0, 2);
      stack.startJob();
      TinyJob.send(stack, "edges", TinyJob.edge("ann", "bob", 1_000));
      TinyJob.send(stack, "edges", TinyJob.edge("bob", "cid", 5_000));
      await(stack, "embeddings", record -> text(record.key()).equals("cid"));

      assertThat(
              CommandRun.kith("forget", "ann", "--bootstrap-servers", stack.bootstrapServers())
                  .exit())
          .isZero();
      await(stack, "embeddings", record -> record.value() == null);
      TinyJob.send(stack, "signals", "{\"type\":\"forget\"}");
      TinyJob.send(stack, "edges", TinyJob.edge("bob", "dan", 60_000));

      List<ConsumerRecord<byte[], byte[]>> embeddings =
          await(stack, "embeddings", record -> text(record.key()).equals("dan"));
      List<ConsumerRecord<byte[], byte[]>> ofAnn =
          embeddings.stream().filter(record -> text(record.key()).equals("ann")).toList();
      assertThat(ofAnn).hasSize(2);
      assertThat(ofAnn.get(1).value()).as("tombstone").isNull();
      List<ConsumerRecord<byte[], byte[]>> predictions =
          await(stack, "predictions", record -> text(record.value()).contains("\"dan\""));
      assertThat(predictions).hasSize(3);
      assertThat(predictions.stream().filter(record -> text(record.value()).contains("\"ann\"")))
          .as("the one before")
          .hasSize(1);
      ConsumerRecord<byte[], byte[]> letter = await(stack, "dead-letter", record -> true).get(0);
      assertThat(text(letter.headers().lastHeader("reason").value()))
          .isEqualTo("field missing: name=node");
      assertThat(text(letter.headers().lastHeader("stage").value())).isEqualTo("signals");
      assertThat(text(letter.headers().lastHeader("origin-topic").value()))
          .isEqualTo("kith.signals");
      assertThat(
              CommandRun.kith(
                      "consume",
                      "embeddings",
                      "--from-beginning",
                      "--limit",
                      String.valueOf(embeddings.size()),
                      "--bootstrap-servers",
                      stack.bootstrapServers())
                  .text())
          .contains("ann  forgotten\n");
    }
  }

  /** All of a topic, up to and with the first that is waited for. */
  private static List<ConsumerRecord<byte[], byte[]>> await(
      LocalStack stack, String suffix, Predicate<ConsumerRecord<byte[], byte[]>> last) {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (TopicReader reader =
        new TopicReader(stack.bootstrapServers(), Map.of(), stack.settings().topic(suffix), true)) {
      while (read.stream().noneMatch(last)) {
        reader.poll(Duration.ofSeconds(1)).forEach(read::add);
      }
    }
    return read;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
