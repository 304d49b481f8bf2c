package io.kith.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.kith.model.Candidates;
import io.kith.model.Embedding;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import io.kith.model.RecordFormat;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The JSON form of the records on Kith's topics, as the JSON Schemas in {@code schema/} state it;
 * what is read may be CBOR with the same fields as well. Any thread.
 *
 * <p>Writing and reading hold a record against the same rules, so what may not be written (a NaN, a
 * rank below 1) is not accepted either. Properties that a later version has added are ignored. Both
 * ways a fault is a {@link SerializationException} that names the record, the field and the value.
 * A null stands for a tombstone and stays null.
 */
public final class KithSerdes {
  private static final ObjectMapper MAPPER = strict(JsonMapper.builder());
  private static final ObjectMapper CBOR = strict(CBORMapper.builder());

  private KithSerdes() {}

  private static ObjectMapper strict(MapperBuilder<?, ?> mapper) {
    return mapper
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .addMixIn(Candidates.Origin.class, OriginText.class)
        .build();
  }

  /** Values of the predictions topic. */
  public static Serde<Prediction> prediction() {
    return json(Prediction.class, RecordChecks::check);
  }

  /** Values of the embeddings topic. */
  public static Serde<Embedding> embedding() {
    return json(Embedding.class, RecordChecks::check);
  }

  /** Values of the recommendations topic. */
  public static Serde<Recommendation> recommendation() {
    return json(Recommendation.class, RecordChecks::check);
  }

  /** Values of the quality topic. */
  public static Serde<Quality> quality() {
    return json(Quality.class, RecordChecks::check);
  }

  /** Values of the alerts topic. */
  public static Serde<QualityAlert> alert() {
    return json(QualityAlert.class, RecordChecks::check);
  }

  /** Of a record that stays within an application. */
  static <T> Serde<T> internal(Class<T> type) {
    return json(type, value -> {});
  }

  private static <T> Serde<T> json(Class<T> type, Consumer<T> check) {
    return Serdes.serdeFrom(
        (topic, value) -> write(type, check, value), (topic, bytes) -> read(type, check, bytes));
  }

  private static <T> byte[] write(Class<T> type, Consumer<T> check, T value) {
    if (value == null) {
      return null;
    }
    check.accept(value);
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new SerializationException("not written as JSON: record=" + type.getSimpleName(), e);
    }
  }

  private static <T> T read(Class<T> type, Consumer<T> check, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    T value;
    try {
      value = (RecordFormat.of(bytes) == RecordFormat.CBOR ? CBOR : MAPPER).readValue(bytes, type);
    } catch (JsonMappingException e) {
      throw new SerializationException(
          type.getSimpleName() + " unreadable, " + e.getOriginalMessage() + ": field=" + field(e),
          e);
    } catch (IOException e) {
      throw new SerializationException(
          type.getSimpleName() + " unreadable, no JSON: length=" + bytes.length, e);
    }
    if (value == null) {
      throw new SerializationException(type.getSimpleName() + " unreadable: value=null");
    }
    check.accept(value);
    return value;
  }

  private static String field(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }
}
