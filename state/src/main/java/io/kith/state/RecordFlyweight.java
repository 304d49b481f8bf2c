package io.kith.state;

import net.openhft.chronicle.core.UnsafeMemory;

/**
 * A view of one record, wherever its bytes lie: in a byte array or in native memory. Reads and
 * writes the fields in place; point it at another record with {@code wrap}. Nothing is allocated.
 *
 * <p>{@code wrap} checks that the record fits; the fields' methods check their slots by {@code
 * assert} alone. A method with a value sets what its namesake reads. A view of native memory is
 * valid as long as the memory is: see {@link NodeStore}. Not safe for concurrent use.
 *
 * <p>Open for extension so that the module which knows the model can declare it to be the model's
 * record; it adds no behaviour.
 */
public class RecordFlyweight {
  /** Bit of {@link #roles}: the node has been a source. */
  public static final int SOURCE = 1;

  /** Bit of {@link #roles}: the node has been a target. */
  public static final int TARGET = 2;

  private static final UnsafeMemory MEMORY = UnsafeMemory.MEMORY;

  private final RecordLayout layout;

  /** The array that holds the record, or null for native memory. */
  private Object base;

  /** Offset into the array as {@link RecordBytes} counts it, or an address of native memory. */
  private long start;

  /** A fresh record of its own, on the heap, until it is pointed at another. */
  public RecordFlyweight(RecordLayout layout) {
    this.layout = layout;
    wrap(new byte[layout.length()], 0);
    clear();
  }

  /** Where the fields lie. */
  public final RecordLayout layout() {
    return layout;
  }

  /**
   * Points at the record in {@code bytes[offset .. offset + layout().length())}.
   *
   * @throws IllegalArgumentException when the array ends before the record does
   */
  public final void wrap(byte[] bytes, int offset) {
    checkLength(offset < 0 ? -1 : bytes.length - offset);
    base = bytes;
    start = RecordBytes.inArray(offset);
  }

  /**
   * Points at the record at a native address.
   *
   * @param length bytes that may be touched from there on
   * @throws IllegalArgumentException when they are fewer than a record's
   */
  public final void wrap(long address, long length) {
    checkLength(length);
    base = null;
    start = address;
  }

  /** Where the record starts in native memory; for one in an array, an offset into it. */
  final long address() {
    return start;
  }

  private void checkLength(long available) {
    if (available < layout.length()) {
      throw new IllegalArgumentException(
          "record too short: length=" + available + ", expected=" + layout.length());
    }
  }

  /** Makes this a fresh record: all zeros but the version. */
  public final void clear() {
    RecordBytes.clear(base, start, layout.length());
    MEMORY.writeByte(base, start + RecordLayout.VERSION_OFFSET, (byte) RecordLayout.VERSION);
  }

  /** Takes over all bytes of another record of the same layout. */
  public final void copyFrom(RecordFlyweight from) {
    from.checkLayout(layout);
    RecordBytes.copy(from.base, from.start, base, start, layout.length());
  }

  /**
   * Copies the record to {@code to[offset ..]}.
   *
   * @throws IllegalArgumentException when the array ends before the record does
   */
  public final void copyTo(byte[] to, int offset) {
    checkLength(offset < 0 ? -1 : to.length - offset);
    RecordBytes.copy(base, start, to, RecordBytes.inArray(offset), layout.length());
  }

  /** Copies the record to a native address with room for it. */
  final void copyTo(long address) {
    RecordBytes.copy(base, start, null, address, layout.length());
  }

  /** Refuses a layout that is not this view's. */
  final void checkLayout(RecordLayout other) {
    if (!other.equals(layout)) {
      throw new IllegalArgumentException(
          "record of another layout: [" + layout + "], expected: [" + other + "]");
    }
  }

  /** Version of the layout that the record was written with. */
  final int version() {
    return MEMORY.readByte(base, start + RecordLayout.VERSION_OFFSET) & 0xff;
  }

  /**
   * Refuses a record that was written by another version, or never made by {@link #clear}.
   *
   * @throws IllegalStateException naming both versions
   */
  public final void checkVersion() {
    if (version() != RecordLayout.VERSION) {
      throw new IllegalStateException(
          "record of another layout, or never cleared: version="
              + version()
              + ", expected="
              + RecordLayout.VERSION);
    }
  }

  /** Roles that the node has had: a sum of {@link #SOURCE} and {@link #TARGET}. */
  public final int roles() {
    return MEMORY.readByte(base, start + RecordLayout.ROLES_OFFSET);
  }

  public final void roles(int roles) {
    MEMORY.writeByte(base, start + RecordLayout.ROLES_OFFSET, (byte) roles);
  }

  /** Time of the last interaction, ms; means nothing while {@link #interactions} is 0. */
  public final long tau() {
    return MEMORY.readLong(base, start + RecordLayout.TAU_OFFSET);
  }

  public final void tau(long ms) {
    MEMORY.writeLong(base, start + RecordLayout.TAU_OFFSET, ms);
  }

  /** Interactions so far; 0 is a fresh record. */
  public final int interactions() {
    return MEMORY.readInt(base, start + RecordLayout.INTERACTIONS_OFFSET);
  }

  public final void interactions(int n) {
    MEMORY.writeInt(base, start + RecordLayout.INTERACTIONS_OFFSET, n);
  }

  /** Copies the self representation, float[D], to {@code to[at ..]}. */
  public final void readSelf(float[] to, int at) {
    RecordBytes.readFloats(base, start + layout.selfOffset, to, at, layout.selfDim());
  }

  /** Copies the self representation, float[D], from {@code from[at ..]}. */
  public final void writeSelf(float[] from, int at) {
    RecordBytes.writeFloats(base, start + layout.selfOffset, from, at, layout.selfDim());
  }

  /** Decayed number of interactions as source (role 0) or target (1), as kept at {@link #tau}. */
  public final float activity(int role, int scale) {
    return MEMORY.readFloat(base, activityStart(role, scale));
  }

  public final void activity(int role, int scale, float value) {
    MEMORY.writeFloat(base, activityStart(role, scale), value);
  }

  /** Key of a slot of hop 1; 0 is an empty slot. */
  public final long hop1Key(int slot) {
    return MEMORY.readLong(base, hop1(RecordLayout.HOP1_KEYS_OFFSET, slot, Long.BYTES));
  }

  public final void hop1Key(int slot, long key) {
    MEMORY.writeLong(base, hop1(RecordLayout.HOP1_KEYS_OFFSET, slot, Long.BYTES), key);
  }

  /** Time of the last interaction with that partner, ms. */
  public final long hop1Time(int slot) {
    return MEMORY.readLong(base, hop1(layout.hop1TimesOffset, slot, Long.BYTES));
  }

  public final void hop1Time(int slot, long ms) {
    MEMORY.writeLong(base, hop1(layout.hop1TimesOffset, slot, Long.BYTES), ms);
  }

  /** Interactions with that partner while it has been in the slot. */
  public final int hop1Count(int slot) {
    return MEMORY.readInt(base, hop1(layout.hop1CountsOffset, slot, Integer.BYTES));
  }

  public final void hop1Count(int slot, int count) {
    MEMORY.writeInt(base, hop1(layout.hop1CountsOffset, slot, Integer.BYTES), count);
  }

  /** +1 where the owner was the source of the last interaction with that partner, else -1. */
  public final int hop1Direction(int slot) {
    return MEMORY.readByte(base, hop1(layout.hop1DirectionsOffset, slot, Byte.BYTES));
  }

  public final void hop1Direction(int slot, int direction) {
    MEMORY.writeByte(base, hop1(layout.hop1DirectionsOffset, slot, Byte.BYTES), (byte) direction);
  }

  /** Decayed count of the pair, as kept at {@link #hop1Time}. */
  public final float hop1Pair(int slot, int scale) {
    return MEMORY.readFloat(base, pairStart(slot, scale));
  }

  public final void hop1Pair(int slot, int scale, float value) {
    MEMORY.writeFloat(base, pairStart(slot, scale), value);
  }

  /** Copies a slot's representation, float[F], to {@code to[at ..]}. */
  public final void readHop1(int slot, float[] to, int at) {
    assert slot >= 0 && slot < layout.hop1Slots() : slot;
    RecordBytes.readFloats(
        base, vector(layout.hop1VectorsOffset, slot), to, at, layout.neighbourDim());
  }

  /** Copies a slot's representation, float[F], from {@code from[at ..]}. */
  public final void writeHop1(int slot, float[] from, int at) {
    assert slot >= 0 && slot < layout.hop1Slots() : slot;
    RecordBytes.writeFloats(
        base, vector(layout.hop1VectorsOffset, slot), from, at, layout.neighbourDim());
  }

  /** Copies the keys of all slots of hop 1, long[M1], to {@code to}. */
  public final void readHop1Keys(long[] to) {
    RecordBytes.readLongs(base, start + RecordLayout.HOP1_KEYS_OFFSET, to, layout.hop1Slots());
  }

  /** Copies the times of all slots of hop 1, long[M1], to {@code to}. */
  public final void readHop1Times(long[] to) {
    RecordBytes.readLongs(base, start + layout.hop1TimesOffset, to, layout.hop1Slots());
  }

  /** Copies the representations of all slots of hop 1, float[M1][F], to {@code to}. */
  public final void readHop1(float[] to) {
    int count = layout.hop1Slots() * layout.neighbourDim();
    RecordBytes.readFloats(base, start + layout.hop1VectorsOffset, to, 0, count);
  }

  /** Key of a slot of hop 2; 0 is an empty slot. */
  public final long hop2Key(int slot) {
    return MEMORY.readLong(base, hop2(layout.hop2KeysOffset, slot));
  }

  public final void hop2Key(int slot, long key) {
    MEMORY.writeLong(base, hop2(layout.hop2KeysOffset, slot), key);
  }

  /** Time of the interaction that the slot was copied from, ms. */
  public final long hop2Time(int slot) {
    return MEMORY.readLong(base, hop2(layout.hop2TimesOffset, slot));
  }

  public final void hop2Time(int slot, long ms) {
    MEMORY.writeLong(base, hop2(layout.hop2TimesOffset, slot), ms);
  }

  /** Copies a slot's representation, float[F], to {@code to[at ..]}. */
  public final void readHop2(int slot, float[] to, int at) {
    assert slot >= 0 && slot < layout.hop2Slots() : slot;
    RecordBytes.readFloats(
        base, vector(layout.hop2VectorsOffset, slot), to, at, layout.neighbourDim());
  }

  /** Copies a slot's representation, float[F], from {@code from[at ..]}. */
  public final void writeHop2(int slot, float[] from, int at) {
    assert slot >= 0 && slot < layout.hop2Slots() : slot;
    RecordBytes.writeFloats(
        base, vector(layout.hop2VectorsOffset, slot), from, at, layout.neighbourDim());
  }

  /** Copies the keys of all slots of hop 2, long[M2], to {@code to}. */
  public final void readHop2Keys(long[] to) {
    RecordBytes.readLongs(base, start + layout.hop2KeysOffset, to, layout.hop2Slots());
  }

  /** Copies the times of all slots of hop 2, long[M2], to {@code to}. */
  public final void readHop2Times(long[] to) {
    RecordBytes.readLongs(base, start + layout.hop2TimesOffset, to, layout.hop2Slots());
  }

  /** Copies the representations of all slots of hop 2, float[M2][F], to {@code to}. */
  public final void readHop2(float[] to) {
    int count = layout.hop2Slots() * layout.neighbourDim();
    RecordBytes.readFloats(base, start + layout.hop2VectorsOffset, to, 0, count);
  }

  private long activityStart(int role, int scale) {
    assert role >= 0 && role < 2 && scale >= 0 && scale < layout.activityScales() : scale;
    return start
        + layout.activityOffset
        + (long) Float.BYTES * (role * layout.activityScales() + scale);
  }

  private long pairStart(int slot, int scale) {
    assert scale >= 0 && scale < layout.pairScales() : scale;
    return hop1(layout.hop1PairsOffset, slot, Float.BYTES * layout.pairScales())
        + (long) Float.BYTES * scale;
  }

  private long hop1(int offset, int slot, int width) {
    assert slot >= 0 && slot < layout.hop1Slots() : slot;
    return start + offset + (long) slot * width;
  }

  private long hop2(int offset, int slot) {
    assert slot >= 0 && slot < layout.hop2Slots() : slot;
    return start + offset + (long) slot * Long.BYTES;
  }

  private long vector(int offset, int slot) {
    return start + offset + (long) slot * layout.neighbourDim() * Float.BYTES;
  }
}
