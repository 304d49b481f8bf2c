package io.kith.model;

/**
 * How a record on a topic is written. Both have the same fields with the same names; what reads
 * records tells them apart by their first byte, so a topic may hold both.
 */
public enum RecordFormat {
  /** JSON, in UTF-8. */
  JSON,
  /** CBOR (RFC 8949): a map; floats have four bytes. */
  CBOR;

  private static final int MAJOR_TYPE = 0xE0;
  private static final int MAP = 0xA0;

  /** The format of a record, by its first byte; {@link #JSON} where it is neither. */
  public static RecordFormat of(byte[] record) {
    return record.length > 0 && (record[0] & MAJOR_TYPE) == MAP ? CBOR : JSON;
  }
}
