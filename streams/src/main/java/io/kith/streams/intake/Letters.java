package io.kith.streams.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kith.streams.LetterHeaders;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Makes dead letters: key, value and headers as they came, ours behind them. A record that is too
 * large for the topic is left out, and its letter says where it stands. Any thread.
 */
final class Letters {
  static final String STAGE = "foreign";

  /** A reason may repeat what came, which may be long. */
  private static final int LONGEST_REASON = 1000;

  /** Upper bounds of what the format adds to a record and to each header. */
  private static final int RECORD_OVERHEAD = 128;

  private static final int HEADER_OVERHEAD = 10;

  private final int mostBytes;

  /**
   * @param mostBytes of a record that the topic takes
   */
  Letters(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  Record<byte[], byte[]> of(
      Record<byte[], byte[]> record, RecordMetadata origin, String reason, long now) {
    Headers headers = new RecordHeaders(record.headers());
    address(headers, record.timestamp(), origin, reason);
    int bytes = size(record.key(), record.value(), headers);
    if (bytes <= mostBytes) {
      return new Record<>(record.key(), record.value(), now, headers);
    }
    Headers alone = new RecordHeaders();
    address(alone, record.timestamp(), origin, reason);
    add(alone, LetterHeaders.LEFT_OUT_BYTES, Integer.toString(bytes));
    return new Record<>(null, null, now, alone);
  }

  private static void address(
      Headers headers, long timestamp, RecordMetadata origin, String reason) {
    boolean fits = reason.length() <= LONGEST_REASON;
    add(headers, LetterHeaders.REASON, fits ? reason : reason.substring(0, LONGEST_REASON));
    add(headers, LetterHeaders.STAGE, STAGE);
    add(headers, LetterHeaders.ORIGIN_TOPIC, origin.topic());
    add(headers, LetterHeaders.ORIGIN_PARTITION, Integer.toString(origin.partition()));
    add(headers, LetterHeaders.ORIGIN_OFFSET, Long.toString(origin.offset()));
    add(headers, LetterHeaders.ORIGIN_TIMESTAMP, Long.toString(timestamp));
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }

  private static int size(byte[] key, byte[] value, Headers headers) {
    long bytes = RECORD_OVERHEAD + length(key) + length(value);
    for (Header header : headers) {
      bytes += HEADER_OVERHEAD + header.key().getBytes(UTF_8).length + length(header.value());
    }
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
