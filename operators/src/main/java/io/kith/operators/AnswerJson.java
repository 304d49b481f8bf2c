package io.kith.operators;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kith.model.Recommendation.Item;
import io.kith.model.RecordFormat;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** Writes answers to requests as JSON, keyed by correlation id. Not safe for concurrent use. */
final class AnswerJson {
  private final JsonText json = new JsonText(RecordFormat.JSON);
  private final String modelVersion;

  /**
   * @param modelVersion which weights make the scores
   */
  AnswerJson(String modelVersion) {
    this.modelVersion = modelVersion;
  }

  /** Next partners, from all parts of the one question. */
  OutputRecord whoNext(List<AnswerPart> parts, long now) {
    AnswerPart first = parts.get(0);
    Question question = first.question();
    List<Item> best =
        parts.stream()
            .flatMap(part -> part.items().stream())
            .sorted(Recommender.BEST)
            .limit(question.k())
            .toList();
    return json.record(
        question.request().correlationId(),
        now,
        out -> {
          start(question.request(), "who-next", out);
          out.writeStringField("node", question.node());
          out.writeBooleanField("known", first.known());
          writeTime(first, out);
          out.writeStringField("modelVersion", modelVersion);
          JsonText.writeItems(best, out);
        });
  }

  /** Scores of pairs, each from the part of its question. */
  OutputRecord scores(List<AnswerPart> parts, long now) {
    RequestName request = parts.get(0).question().request();
    List<AnswerPart> inOrder =
        parts.stream().sorted(Comparator.comparingInt(part -> part.question().part())).toList();
    return json.record(
        request.correlationId(),
        now,
        out -> {
          start(request, "score", out);
          out.writeStringField("modelVersion", modelVersion);
          out.writeArrayFieldStart("scores");
          for (AnswerPart part : inOrder) {
            writeScore(part, out);
          }
          out.writeEndArray();
        });
  }

  private static void writeScore(AnswerPart part, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("source", part.question().node());
    out.writeBooleanField("sourceKnown", part.known());
    out.writeStringField("target", part.question().target());
    out.writeBooleanField("targetKnown", part.targetKnown());
    writeTime(part, out);
    if (part.items().isEmpty()) {
      out.writeNullField("score");
      out.writeNullField("reason");
    } else {
      Item item = part.items().get(0);
      out.writeNumberField("score", item.score());
      out.writeFieldName("reason");
      JsonText.write(item.reason(), out);
    }
    out.writeEndObject();
  }

  /** Why a request was refused. */
  OutputRecord error(String correlationId, String reason, long now) {
    return json.record(
        correlationId,
        now,
        out -> {
          out.writeStringField("correlationId", correlationId);
          out.writeStringField("type", "error");
          out.writeStringField("error", reason);
        });
  }

  private static void start(RequestName request, String type, JsonGenerator out)
      throws IOException {
    out.writeStringField("correlationId", request.correlationId());
    out.writeStringField("type", type);
  }

  private static void writeTime(AnswerPart part, JsonGenerator out) throws IOException {
    if (part.known()) {
      out.writeNumberField("timestamp", part.time());
    } else {
      out.writeNullField("timestamp");
    }
  }
}
