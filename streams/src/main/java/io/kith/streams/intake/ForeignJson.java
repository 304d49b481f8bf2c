package io.kith.streams.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Reads JSON that anybody may have written: bounded in depth and in size, no field twice, nothing
 * after it. Any thread.
 */
final class ForeignJson {
  private static final int DEEPEST = 64;

  /** What a tree needs of the heap is bounded by this, some 20 MB. */
  private static final long MOST_TOKENS = 200_000;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // Names come from outside: kept for ever, they would fill the heap.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private ForeignJson() {}

  /**
   * Reads one JSON object.
   *
   * @param value its bytes; null is unfit
   */
  static JsonNode object(byte[] value) throws Unfit {
    JsonNode json = read(value);
    if (!json.isObject()) {
      throw new Unfit("not a JSON object: found=" + json.getNodeType());
    }
    return json;
  }

  private static JsonNode read(byte[] value) throws Unfit {
    if (value == null) {
      throw new Unfit("no value: length=0");
    }
    try {
      return READER.readTree(value);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "length=" + value.length : "position=" + at.getByteOffset();
      throw new Unfit("not JSON: " + e.getOriginalMessage() + ", " + where);
    } catch (IOException e) {
      // Malformed UTF-8 comes this way; the bytes are in memory, so nothing else does.
      throw new Unfit("not JSON: " + e.getMessage() + ", length=" + value.length);
    }
  }
}
