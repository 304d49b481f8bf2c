package io.kith.state;

import net.openhft.chronicle.core.UnsafeMemory;

/**
 * Bulk reads and writes of bytes that lie in an array or in native memory. A place is a pair of
 * {@code base} and {@code start}: an array and an offset that counts its header, or null and an
 * address. Loops and not {@link UnsafeMemory}'s own bulk copies: those between an array and
 * anything but bytes add the array's header twice (2026.3), and most end in such a loop.
 */
final class RecordBytes {
  private static final UnsafeMemory MEMORY = UnsafeMemory.MEMORY;
  private static final int ARRAY_HEADER = MEMORY.arrayBaseOffset(byte[].class);

  private RecordBytes() {}

  /** The start that stands for an index of a byte array. */
  static long inArray(int index) {
    return (long) ARRAY_HEADER + index;
  }

  /** Zeroes {@code length} bytes, a multiple of 8. */
  static void clear(Object base, long start, int length) {
    for (int at = 0; at < length; at += Long.BYTES) {
      MEMORY.writeLong(base, start + at, 0);
    }
  }

  /** Copies {@code length} bytes, a multiple of 8. The places may be the same, not overlap. */
  static void copy(Object from, long fromStart, Object to, long toStart, int length) {
    for (int at = 0; at < length; at += Long.BYTES) {
      MEMORY.writeLong(to, toStart + at, MEMORY.readLong(from, fromStart + at));
    }
  }

  static void readLongs(Object base, long start, long[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = MEMORY.readLong(base, start + (long) Long.BYTES * i);
    }
  }

  static void readFloats(Object base, long start, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = MEMORY.readFloat(base, start + (long) Float.BYTES * i);
    }
  }

  static void writeFloats(Object base, long start, float[] from, int at, int count) {
    for (int i = 0; i < count; i++) {
      MEMORY.writeFloat(base, start + (long) Float.BYTES * i, from[at + i]);
    }
  }
}
