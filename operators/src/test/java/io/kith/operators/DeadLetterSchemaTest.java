package io.kith.operators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;

class DeadLetterSchemaTest {
  private static final int MOST = 10_000;

  private final DeadLetterSchema schema =
      new DeadLetterSchema("kith.dead-letter", new Properties());

  @Test
  void keepsKeyAndValueAndSaysTheRestInHeaders() {
    ProducerRecord<byte[], byte[]> record = record(new byte[] {1}, new byte[] {2, 3}, "x: y=1");

    assertThat(record.topic()).isEqualTo("kith.dead-letter");
    assertThat(record.key()).containsExactly(1);
    assertThat(record.value()).containsExactly(2, 3);
    assertThat(record.headers().toArray())
        .extracting(header -> header.key(), header -> new String(header.value(), UTF_8))
        .containsExactly(
            tuple("reason", "x: y=1"),
            tuple("stage", "intake"),
            tuple("origin-topic", "kith.edges"),
            tuple("origin-partition", "3"),
            tuple("origin-offset", "4"),
            tuple("origin-timestamp", "5"));
    assertThat(record(null, null, "x: y=1").value()).isNull();
  }

  @Test
  void leavesOutWhatTheTopicWouldNotTake() {
    for (int length = MOST - 3000; length <= MOST; length += 10) {
      ProducerRecord<byte[], byte[]> record =
          record(new byte[10], new byte[length], "r".repeat(5000));

      boolean whole = record.headers().lastHeader("left-out-bytes") == null;
      assertThat(record.value() != null).as("length=%d", length).isEqualTo(whole);
      assertThat(record.headers().lastHeader("reason").value()).hasSize(1000);
      assertThat(
              AbstractRecords.estimateSizeInBytesUpperBound(
                  RecordBatch.CURRENT_MAGIC_VALUE,
                  CompressionType.NONE,
                  record.key(),
                  record.value(),
                  record.headers().toArray()))
          .as("length=%d", length)
          .isLessThanOrEqualTo(MOST);
    }
    assertThat(record(null, new byte[MOST - 3100], "x").value()).isNotNull();
    assertThat(record(null, new byte[MOST - 1000], "x").value()).isNull();
  }

  private ProducerRecord<byte[], byte[]> record(byte[] key, byte[] value, String reason) {
    Origin origin = new Origin("kith.edges", 3, 4, 5);
    return schema.record(new DeadLetter(origin, key, value, reason, "intake"), MOST);
  }
}
