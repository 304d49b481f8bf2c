package io.kith.streams.serve;

/**
 * How far something has come, in records.
 *
 * @param restored of {@code total} that are there
 */
record Progress(long restored, long total) {
  static final Progress NONE = new Progress(0, 0);

  Progress plus(Progress other) {
    return new Progress(restored + other.restored, total + other.total);
  }

  boolean isDone() {
    return restored >= total;
  }
}
