package io.kith.deploy.ask;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** Answers of the job as lines for people. */
final class AnswerText {
  private AnswerText() {}

  /** A line for the node, and one for each of its next partners. */
  static String whoNext(JsonNode answer) {
    String node = answer.path("node").asText();
    if (!answer.path("known").asBoolean()) {
      return "%s is unknown to the job: no interaction of it has been processed, or it was forgotten%n"
          .formatted(node);
    }
    StringBuilder text = new StringBuilder();
    JsonNode items = answer.path("recommendations");
    text.append(
        "%s: %s, as of %s%n"
            .formatted(
                node,
                items.isEmpty() ? "no candidates" : "most likely next partners",
                time(answer.path("timestamp"))));
    for (JsonNode item : items) {
      text.append(
          "  %.3f  %s  (%s)  %s%n"
              .formatted(
                  item.path("score").asDouble(),
                  item.path("target").asText(),
                  item.path("origin").asText().replace('-', ' '),
                  reason(item.path("reason"))));
    }
    return text.toString();
  }

  /** A line for each pair. */
  static String scores(JsonNode answer) {
    StringBuilder text = new StringBuilder();
    for (JsonNode score : answer.path("scores")) {
      String pair = score.path("source").asText() + " -> " + score.path("target").asText();
      text.append(
          score.path("score").isNull()
              ? "%s  no score: %s unknown to the job%n".formatted(pair, unknown(score))
              : "%s  %.3f  as of %s  %s%n"
                  .formatted(
                      pair,
                      score.path("score").asDouble(),
                      time(score.path("timestamp")),
                      reason(score.path("reason"))));
    }
    return text.toString();
  }

  private static String unknown(JsonNode score) {
    String source = score.path("source").asText();
    String target = score.path("target").asText();
    if (score.path("sourceKnown").asBoolean()) {
      return target + " is";
    }
    return score.path("targetKnown").asBoolean()
        ? source + " is"
        : source + " and " + target + " are";
  }

  private static String reason(JsonNode reason) {
    int meetings = reason.path("meetings").asInt();
    int shared = 0;
    for (JsonNode code : reason.path("shared")) {
      shared += code.path("nodes").asInt();
    }
    String met =
        meetings == 0
            ? "not met"
            : "met %d time%s, last %s"
                .formatted(meetings, meetings == 1 ? "" : "s", time(reason.path("lastMet")));
    return "%s; %d node%s around both".formatted(met, shared, shared == 1 ? "" : "s");
  }

  private static String time(JsonNode ms) {
    return Instant.ofEpochMilli(ms.asLong()).toString();
  }
}
