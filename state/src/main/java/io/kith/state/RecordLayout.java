package io.kith.state;

import java.util.Objects;

/**
 * Where each field of a node's record lies. All offsets are in bytes from the start of the record,
 * each derived from the one before it, the total last. Numbers are in the byte order of the
 * machine, which must be little-endian. The hops are structures of arrays: all keys of a hop, then
 * all its times, and so on; what is 8 bytes wide comes first, so every field is aligned to its
 * width wherever the record is aligned to 8. The record is drawn in {@code state/SPEC.md}.
 *
 * <p>Immutable; safe for concurrent use.
 */
public final class RecordLayout {
  /** Version of the layout, kept in each record. */
  public static final int VERSION = 1;

  /** The record's length, and so every record of an array of them, is a multiple of this. */
  static final int ALIGNMENT = Long.BYTES;

  /** Most that a size may be, and a record, bytes: far above any use, far below an overflow. */
  private static final int MOST = 1 << 16;

  private static final int LONGEST = 1 << 24;

  static final int VERSION_OFFSET = 0;
  static final int ROLES_OFFSET = VERSION_OFFSET + Byte.BYTES;
  // Two bytes are left free, so that the next field is aligned.
  static final int INTERACTIONS_OFFSET = ROLES_OFFSET + Byte.BYTES + 2;
  static final int TAU_OFFSET = INTERACTIONS_OFFSET + Integer.BYTES;
  static final int HOP1_KEYS_OFFSET = TAU_OFFSET + Long.BYTES;

  final int hop1TimesOffset;
  final int hop2KeysOffset;
  final int hop2TimesOffset;
  final int selfOffset;
  final int activityOffset;
  final int hop1CountsOffset;
  final int hop1PairsOffset;
  final int hop1VectorsOffset;
  final int hop2VectorsOffset;
  final int hop1DirectionsOffset;
  private final int end;
  private final int length;

  private final int selfDim;
  private final int neighbourDim;
  private final int hop1Slots;
  private final int hop2Slots;
  private final int activityScales;
  private final int pairScales;

  /**
   * The layout for the sizes of a model, each at most 65,536.
   *
   * @param selfDim D, floats of the self representation; at least 1
   * @param neighbourDim F, floats of a slot's representation; at least 1
   * @param hop1Slots M1, slots of hop 1; at least 1
   * @param hop2Slots M2, slots of hop 2; may be 0
   * @param activityScales A, decay scales of a node's activity; may be 0
   * @param pairScales R, decay scales of a pair's count; may be 0
   * @throws IllegalArgumentException when a size is out of range or the record longer than 16 MiB
   */
  public RecordLayout(
      int selfDim,
      int neighbourDim,
      int hop1Slots,
      int hop2Slots,
      int activityScales,
      int pairScales) {
    this.selfDim = inRange(1, selfDim, "selfDim");
    this.neighbourDim = inRange(1, neighbourDim, "neighbourDim");
    this.hop1Slots = inRange(1, hop1Slots, "hop1Slots");
    this.hop2Slots = inRange(0, hop2Slots, "hop2Slots");
    this.activityScales = inRange(0, activityScales, "activityScales");
    this.pairScales = inRange(0, pairScales, "pairScales");
    hop1TimesOffset = after(HOP1_KEYS_OFFSET, Long.BYTES, hop1Slots, 1);
    hop2KeysOffset = after(hop1TimesOffset, Long.BYTES, hop1Slots, 1);
    hop2TimesOffset = after(hop2KeysOffset, Long.BYTES, hop2Slots, 1);
    selfOffset = after(hop2TimesOffset, Long.BYTES, hop2Slots, 1);
    activityOffset = after(selfOffset, Float.BYTES, selfDim, 1);
    hop1CountsOffset = after(activityOffset, Float.BYTES, 2, activityScales);
    hop1PairsOffset = after(hop1CountsOffset, Integer.BYTES, hop1Slots, 1);
    hop1VectorsOffset = after(hop1PairsOffset, Float.BYTES, hop1Slots, pairScales);
    hop2VectorsOffset = after(hop1VectorsOffset, Float.BYTES, hop1Slots, neighbourDim);
    hop1DirectionsOffset = after(hop2VectorsOffset, Float.BYTES, hop2Slots, neighbourDim);
    end = after(hop1DirectionsOffset, Byte.BYTES, hop1Slots, 1);
    length = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** End of an array of {@code rows * columns} that starts at an offset. */
  private int after(int offset, int width, int rows, int columns) {
    long after = offset + (long) width * rows * columns;
    if (after > LONGEST) {
      throw new IllegalArgumentException("record too long: most=" + LONGEST + ", " + sizes());
    }
    return (int) after;
  }

  private static int inRange(int least, int size, String name) {
    if (size < least || size > MOST) {
      throw new IllegalArgumentException(
          "size out of range: least=" + least + ", most=" + MOST + ", " + name + "=" + size);
    }
    return size;
  }

  /** Bytes of a record: a multiple of 8. */
  public int length() {
    return length;
  }

  /** First byte of the padding, or {@link #length} where there is none. */
  int end() {
    return end;
  }

  /** D. */
  public int selfDim() {
    return selfDim;
  }

  /** F. */
  public int neighbourDim() {
    return neighbourDim;
  }

  /** M1. */
  public int hop1Slots() {
    return hop1Slots;
  }

  /** M2. */
  public int hop2Slots() {
    return hop2Slots;
  }

  /** A. */
  public int activityScales() {
    return activityScales;
  }

  /** R. */
  public int pairScales() {
    return pairScales;
  }

  @Override
  public boolean equals(Object other) {
    if (other == this) {
      return true; // what each look-up asks
    }
    return other instanceof RecordLayout that
        && selfDim == that.selfDim
        && neighbourDim == that.neighbourDim
        && hop1Slots == that.hop1Slots
        && hop2Slots == that.hop2Slots
        && activityScales == that.activityScales
        && pairScales == that.pairScales;
  }

  @Override
  public int hashCode() {
    return Objects.hash(selfDim, neighbourDim, hop1Slots, hop2Slots, activityScales, pairScales);
  }

  /** The version and all sizes; two layouts are equal where this is. */
  @Override
  public String toString() {
    return "version=" + VERSION + ", " + sizes() + ", length=" + length;
  }

  private String sizes() {
    return String.format(
        "selfDim=%d, neighbourDim=%d, hop1Slots=%d, hop2Slots=%d, activityScales=%d, pairScales=%d",
        selfDim, neighbourDim, hop1Slots, hop2Slots, activityScales, pairScales);
  }
}
