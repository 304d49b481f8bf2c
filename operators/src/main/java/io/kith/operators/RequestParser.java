package io.kith.operators;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kith.operators.JsonRecord.Unfit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Reads a request from JSON: {@code {"type": "who-next", "correlationId": "x", "node": "a", "k": 5,
 * "exclude": ["b"]}}, the last two where wanted, or {@code {"type": "score", "correlationId": "x",
 * "pairs": [{"source": "a", "target": "b"}]}}. Ids may be whole numbers; other fields are ignored.
 * What is no request is refused with a reason, never with an exception. Not safe for concurrent
 * use.
 */
final class RequestParser {
  /** Next partners where a request does not say how many, and the job makes no lists. */
  static final int USUAL_K = 10;

  static final int MOST_K = 1_000;
  static final int MOST_EXCLUDED = 1_000;
  static final int MOST_PAIRS = 100;
  private static final int MOST_ID_BYTES = 256;
  private static final String WHO_NEXT = "who-next";
  private static final String SCORE = "score";
  private static final String CORRELATION_ID = "correlationId";

  /** Characters of an unknown type that its refusal repeats. */
  private static final int SHOWN = 40;

  private final JsonRecord record;
  private final int usualK;
  private String correlationId;
  private String type;
  private String node;
  private Integer k;
  private List<String> excluded;
  private List<Pair> pairs;

  private record Pair(String source, String target) {}

  /**
   * Either questions or a refusal.
   *
   * @param correlationId null where a refused request has none
   * @param questions null where it was refused
   * @param refusal null where it was not
   */
  record Parsed(String correlationId, List<Question> questions, Refusal refusal) {}

  /**
   * @param usualK next partners where a request does not say how many; 0 for {@value #USUAL_K}
   * @param clock the time now, ms
   */
  RequestParser(ParserSettings settings, int usualK, LongSupplier clock) {
    this.record = new JsonRecord(settings, clock);
    this.usualK = usualK == 0 ? USUAL_K : usualK;
  }

  /**
   * Reads one request.
   *
   * @param origin where it came from
   * @param value the record's bytes; null is refused
   */
  Parsed parse(Origin origin, byte[] value) {
    correlationId = null;
    type = null;
    node = null;
    k = null;
    excluded = null;
    pairs = null;
    try {
      record.read(value, this::readField);
      return new Parsed(correlationId, questions(origin), null);
    } catch (Unfit e) {
      return new Parsed(found(value), null, Refusal.unreadable(e.getMessage()));
    }
  }

  /** The correlation id, wherever it stands and whatever is wrong with the rest. */
  private String found(byte[] value) {
    correlationId = null;
    try {
      record.read(
          value,
          (parser, name, token) -> {
            if (name.equals(CORRELATION_ID)) {
              correlationId = null;
              correlationId = correlationId(parser, token);
            } else {
              parser.skipChildren();
            }
          });
    } catch (Unfit e) {
      return correlationId; // as far as it could be read; the fault is known already
    }
    return correlationId;
  }

  private List<Question> questions(Origin origin) throws Unfit {
    require(correlationId != null, CORRELATION_ID);
    require(type != null, "type");
    RequestName name = new RequestName(origin.partition(), origin.offset(), correlationId);
    if (type.equals(WHO_NEXT)) {
      require(node != null, "node");
      List<String> out = excluded == null ? List.of() : excluded;
      return List.of(new Question(name, 0, 1, node, null, k == null ? usualK : k, out));
    }
    require(pairs != null, "pairs");
    List<Question> questions = new ArrayList<>();
    for (Pair pair : pairs) {
      questions.add(
          new Question(
              name, questions.size(), pairs.size(), pair.source(), pair.target(), 0, List.of()));
    }
    return questions;
  }

  private static void require(boolean there, String name) throws Unfit {
    if (!there) {
      throw new Unfit("field missing: name=" + name);
    }
  }

  private void readField(JsonParser parser, String name, JsonToken value)
      throws IOException, Unfit {
    switch (name) {
      case CORRELATION_ID -> {
        JsonRecord.refuseSecond(name, correlationId != null);
        correlationId = correlationId(parser, value);
      }
      case "type" -> {
        JsonRecord.refuseSecond(name, type != null);
        type = type(parser, value);
      }
      case "node" -> {
        JsonRecord.refuseSecond(name, node != null);
        node = record.id(parser, value, name);
      }
      case "k" -> {
        JsonRecord.refuseSecond(name, k != null);
        k = readK(parser, value);
      }
      case "exclude" -> {
        JsonRecord.refuseSecond(name, excluded != null);
        excluded = readExcluded(parser, value);
      }
      case "pairs" -> {
        JsonRecord.refuseSecond(name, pairs != null);
        pairs = readPairs(parser, value);
      }
      default -> parser.skipChildren();
    }
  }

  private static String correlationId(JsonParser parser, JsonToken value)
      throws IOException, Unfit {
    return JsonRecord.id(parser, value, CORRELATION_ID, MOST_ID_BYTES, "most");
  }

  private static String type(JsonParser parser, JsonToken value) throws IOException, Unfit {
    String type = parser.getText();
    if (value != JsonToken.VALUE_STRING || !(type.equals(WHO_NEXT) || type.equals(SCORE))) {
      throw new Unfit(
          "no such request; known are who-next and score: type="
              + type.substring(0, Math.min(SHOWN, type.length())));
    }
    return type;
  }

  private static int readK(JsonParser parser, JsonToken value) throws IOException, Unfit {
    if (value != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() != JsonParser.NumberType.INT
        || parser.getIntValue() < 1
        || parser.getIntValue() > MOST_K) {
      throw new Unfit(
          "k is no whole number from 1 to %d: k=%s".formatted(MOST_K, parser.getText()));
    }
    return parser.getIntValue();
  }

  private List<String> readExcluded(JsonParser parser, JsonToken value) throws IOException, Unfit {
    List<String> ids = new ArrayList<>();
    startArray(value, "exclude");
    for (JsonToken x = parser.nextToken(); x != JsonToken.END_ARRAY; x = parser.nextToken()) {
      atMost(ids.size(), MOST_EXCLUDED, "exclude");
      ids.add(record.id(parser, x, "exclude"));
    }
    return ids;
  }

  private List<Pair> readPairs(JsonParser parser, JsonToken value) throws IOException, Unfit {
    List<Pair> read = new ArrayList<>();
    startArray(value, "pairs");
    for (JsonToken x = parser.nextToken(); x != JsonToken.END_ARRAY; x = parser.nextToken()) {
      atMost(read.size(), MOST_PAIRS, "pairs");
      if (x != JsonToken.START_OBJECT) {
        throw new Unfit("pair is not an object: index=%d, found=%s".formatted(read.size(), x));
      }
      read.add(readPair(parser));
    }
    if (read.isEmpty()) {
      throw new Unfit("no pairs to score: pairs=[]");
    }
    return read;
  }

  private Pair readPair(JsonParser parser) throws IOException, Unfit {
    String source = null;
    String target = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "source" -> source = record.id(parser, value, name);
        case "target" -> target = record.id(parser, value, name);
        default -> parser.skipChildren();
      }
    }
    require(source != null, "source");
    require(target != null, "target");
    if (source.equals(target)) {
      throw new Unfit("a node is not asked about itself: source=" + source);
    }
    return new Pair(source, target);
  }

  private static void startArray(JsonToken value, String name) throws Unfit {
    if (value != JsonToken.START_ARRAY) {
      throw new Unfit("%s is not an array: found=%s".formatted(name, value));
    }
  }

  private static void atMost(int read, int most, String name) throws Unfit {
    if (read == most) {
      throw new Unfit("too many: name=%s, most=%d".formatted(name, most));
    }
  }
}
