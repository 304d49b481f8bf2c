package io.kith.deploy.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kith.streams.LetterHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record of the dead-letter topic.
 *
 * @param place where it stands there
 * @param timestamp when it came there, ms
 * @param reason why it was refused; empty where the record does not say
 * @param stage what refused it
 * @param topic from which it came; empty where the record does not say
 * @param origin where it stands on that
 * @param leftOut whether it was too large, and stands at its origin only
 * @param headers that it came with
 * @param key as it came; may be null
 * @param value as it came; may be null
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Letter(
    Place place,
    long timestamp,
    String reason,
    String stage,
    String topic,
    Place origin,
    boolean leftOut,
    List<Header> headers,
    byte[] key,
    byte[] value) {
  private static final Set<String> OURS =
      Set.of(
          LetterHeaders.REASON,
          LetterHeaders.STAGE,
          LetterHeaders.ORIGIN_TOPIC,
          LetterHeaders.ORIGIN_PARTITION,
          LetterHeaders.ORIGIN_OFFSET,
          LetterHeaders.ORIGIN_TIMESTAMP,
          LetterHeaders.LEFT_OUT_BYTES);

  Letter {
    headers = List.copyOf(headers);
  }

  /** The place of the letter that a mark says to have been sent in again; empty for a letter. */
  static Optional<Place> marked(ConsumerRecord<byte[], byte[]> record) {
    return Optional.ofNullable(record.headers().lastHeader(LetterHeaders.REPLAYED))
        .flatMap(header -> Place.parse(new String(header.value(), UTF_8)));
  }

  /** Reads a record that is no mark. Of headers of one name, the last is that of the letter. */
  static Letter of(ConsumerRecord<byte[], byte[]> record) {
    List<Header> own = new ArrayList<>();
    Map<String, Header> ours = new HashMap<>();
    for (Header header : record.headers()) {
      if (OURS.contains(header.key())) {
        Header earlier = ours.put(header.key(), header);
        if (earlier != null) {
          own.add(earlier);
        }
      } else {
        own.add(header);
      }
    }
    Place origin =
        Place.parse(
                text(ours, LetterHeaders.ORIGIN_PARTITION)
                    + "/"
                    + text(ours, LetterHeaders.ORIGIN_OFFSET))
            .orElse(Place.UNKNOWN);
    return new Letter(
        new Place(record.partition(), record.offset()),
        record.timestamp(),
        text(ours, LetterHeaders.REASON),
        text(ours, LetterHeaders.STAGE),
        text(ours, LetterHeaders.ORIGIN_TOPIC),
        origin,
        ours.containsKey(LetterHeaders.LEFT_OUT_BYTES),
        own,
        record.key(),
        record.value());
  }

  private static String text(Map<String, Header> headers, String name) {
    Header header = headers.get(name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }

  /** The reason without what it says of this record: {@code timestamp out of bounds}. */
  String kind() {
    int colon = reason.indexOf(": ");
    return reason.isEmpty() ? "no reason" : colon < 0 ? reason : reason.substring(0, colon);
  }

  /** The same with other contents. */
  Letter with(List<Header> otherHeaders, byte[] otherKey, byte[] otherValue) {
    return new Letter(
        place, timestamp, reason, stage, topic, origin, false, otherHeaders, otherKey, otherValue);
  }
}
