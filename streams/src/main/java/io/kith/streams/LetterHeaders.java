package io.kith.streams;

/**
 * Headers of records on the dead-letter topic; values are UTF-8 text. The job writes the same, see
 * {@code schema/README.md}.
 */
public final class LetterHeaders {
  /** Why it was refused; ends in name=value. */
  public static final String REASON = "reason";

  /** What refused it. */
  public static final String STAGE = "stage";

  public static final String ORIGIN_TOPIC = "origin-topic";
  public static final String ORIGIN_PARTITION = "origin-partition";
  public static final String ORIGIN_OFFSET = "origin-offset";

  /** Kafka's timestamp of the record there, ms. */
  public static final String ORIGIN_TIMESTAMP = "origin-timestamp";

  /**
   * Bytes of the record, only where it was too large for the topic: then key, value and headers are
   * left out, and stand at the origin alone.
   */
  public static final String LEFT_OUT_BYTES = "left-out-bytes";

  /**
   * Only on marks: {@code partition/offset} of the letter on this topic that has been sent in
   * again. A mark has neither key nor value.
   */
  public static final String REPLAYED = "replayed";

  private LetterHeaders() {}
}
