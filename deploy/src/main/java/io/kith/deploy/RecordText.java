package io.kith.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.kith.model.RecordFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Records of Kith's topics as lines for people or for programs. */
final class RecordText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final ObjectMapper CBOR = new CBORMapper();

  private RecordText() {}

  private static JsonNode tree(byte[] value) throws IOException {
    return (RecordFormat.of(value) == RecordFormat.CBOR ? CBOR : JSON).readTree(value);
  }

  /** One line for a person. */
  static String pretty(String topic, ConsumerRecord<byte[], byte[]> entry) throws IOException {
    return switch (topic) {
      case "predictions" -> prediction(tree(entry.value()));
      case "embeddings" -> embedding(entry);
      case "recommendations" -> recommendation(entry);
      case "quality" -> quality(tree(entry.value()));
      case "alerts" -> alert(tree(entry.value()));
      default -> deadLetter(entry);
    };
  }

  /** One line of JSON; a dead letter is wrapped, for it may be anything. */
  static String json(String topic, ConsumerRecord<byte[], byte[]> entry) throws IOException {
    if (!topic.equals("dead-letter")) {
      return entry.value() == null
          ? JSON.createObjectNode().put("key", text(entry.key())).putNull("value").toString()
          : RecordFormat.of(entry.value()) == RecordFormat.JSON
              ? text(entry.value())
              : tree(entry.value()).toString();
    }
    ObjectNode letter = JSON.createObjectNode();
    ObjectNode headers = letter.putObject("headers");
    for (Header header : entry.headers()) {
      headers.put(header.key(), text(header.value()));
    }
    letter.put("key", text(entry.key()));
    letter.put("value", text(entry.value()));
    return letter.toString();
  }

  private static String prediction(JsonNode p) {
    String rank =
        p.path("negatives").asInt() == 0
            ? "not ranked"
            : "rank %s of %d (recency rule: %s)"
                .formatted(
                    number(p.path("rank")),
                    p.path("negatives").asInt() + 1,
                    number(p.path("recencyRank")));
    return "%s  %s -> %s  score %.3f  %s  shared neighbours %d"
        .formatted(
            time(p),
            p.path("source").asText(),
            p.path("target").asText(),
            p.path("score").asDouble(),
            rank,
            p.path("sharedNeighbours").asInt());
  }

  private static String embedding(ConsumerRecord<byte[], byte[]> entry) throws IOException {
    if (entry.value() == null) {
      return "%s  forgotten".formatted(text(entry.key()));
    }
    JsonNode e = tree(entry.value());
    StringBuilder start = new StringBuilder();
    JsonNode vector = e.path("vector");
    for (int i = 0; i < Math.min(4, vector.size()); i++) {
      start.append("%.3f ".formatted(vector.get(i).asDouble()));
    }
    return "%s  %s  interactions %d  [%s... %d floats]"
        .formatted(
            time(e), e.path("node").asText(), e.path("interactions").asInt(), start, vector.size());
  }

  private static String recommendation(ConsumerRecord<byte[], byte[]> entry) throws IOException {
    if (entry.value() == null) {
      return "%s  forgotten".formatted(text(entry.key()));
    }
    JsonNode list = tree(entry.value());
    StringBuilder line =
        new StringBuilder("%s  %s next:".formatted(time(list), list.path("node").asText()));
    for (JsonNode item : list.path("recommendations")) {
      line.append(
          "  %s %.3f (%s)"
              .formatted(
                  item.path("target").asText(item.path("targetKey").asText()),
                  item.path("score").asDouble(),
                  item.path("origin").asText().replace('-', ' ')));
    }
    return line.toString();
  }

  private static String quality(JsonNode q) {
    String when =
        q.path("windowEnd").isNull()
            ? "in total          "
            : "from " + Instant.ofEpochMilli(q.path("windowStart").asLong());
    return "%s  predictions %d  AP %s (recency rule %s)  MRR %s (recency rule %s)"
        .formatted(
            when,
            q.path("predictions").asLong(),
            percent(q.path("model").path("averagePrecision")),
            percent(q.path("recency").path("averagePrecision")),
            percent(q.path("model").path("mrr")),
            percent(q.path("recency").path("mrr")));
  }

  private static String alert(JsonNode a) {
    return "from %s to %s  %s  MRR %s (recency rule %s)"
        .formatted(
            Instant.ofEpochMilli(a.path("from").asLong()),
            Instant.ofEpochMilli(a.path("to").asLong()),
            a.path("status").asText(),
            percent(a.path("mrr")),
            percent(a.path("recencyMrr")));
  }

  private static String deadLetter(ConsumerRecord<byte[], byte[]> entry) {
    StringBuilder headers = new StringBuilder();
    for (Header header : entry.headers()) {
      headers.append("  %s=%s".formatted(header.key(), text(header.value())));
    }
    return text(entry.value()) + headers;
  }

  private static String time(JsonNode json) {
    return Instant.ofEpochMilli(json.path("timestamp").asLong()).toString();
  }

  private static String number(JsonNode value) {
    double number = value.asDouble();
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String percent(JsonNode value) {
    return value.isNumber() ? "%.1f".formatted(100 * value.asDouble()) : "-";
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
