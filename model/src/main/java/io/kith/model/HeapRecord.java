package io.kith.model;

/** A node's record in arrays: for training, evaluation and tests. Not safe for concurrent use. */
public final class HeapRecord implements NodeRecord {
  private final float[] self;
  private long tau;
  private int interactions;
  private final float[] activity;
  private final int activityScales;
  private final long[] hop1Key;
  private final long[] hop1Time;
  private final int[] hop1Count;
  private final byte[] hop1Direction;
  private final float[] hop1Pair;
  private final float[] hop1;
  private final long[] hop2Key;
  private final long[] hop2Time;
  private final float[] hop2;
  private final int pairScales;
  private final int neighbour;

  /** A fresh record: all zeros. */
  public HeapRecord(ModelSizes sizes) {
    activityScales = sizes.activityScales().size();
    pairScales = sizes.pairScales().size();
    neighbour = sizes.neighbour();
    self = new float[sizes.self()];
    activity = new float[2 * activityScales];
    hop1Key = new long[sizes.hop1()];
    hop1Time = new long[sizes.hop1()];
    hop1Count = new int[sizes.hop1()];
    hop1Direction = new byte[sizes.hop1()];
    hop1Pair = new float[sizes.hop1() * pairScales];
    hop1 = new float[sizes.hop1() * neighbour];
    hop2Key = new long[sizes.hop2()];
    hop2Time = new long[sizes.hop2()];
    hop2 = new float[sizes.hop2() * neighbour];
  }

  /** Takes over all that another record of the same sizes holds. */
  public void set(HeapRecord from) {
    tau = from.tau;
    interactions = from.interactions;
    copy(from.self, self);
    copy(from.activity, activity);
    copy(from.hop1Key, hop1Key);
    copy(from.hop1Time, hop1Time);
    copy(from.hop1Count, hop1Count);
    copy(from.hop1Direction, hop1Direction);
    copy(from.hop1Pair, hop1Pair);
    copy(from.hop1, hop1);
    copy(from.hop2Key, hop2Key);
    copy(from.hop2Time, hop2Time);
    copy(from.hop2, hop2);
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // both are the same primitive array type
  private static void copy(Object from, Object to) {
    System.arraycopy(from, 0, to, 0, java.lang.reflect.Array.getLength(to));
  }

  @Override
  public long tau() {
    return tau;
  }

  @Override
  public void tau(long ms) {
    tau = ms;
  }

  @Override
  public int interactions() {
    return interactions;
  }

  @Override
  public void interactions(int n) {
    interactions = n;
  }

  @Override
  public void readSelf(float[] to, int at) {
    System.arraycopy(self, 0, to, at, self.length);
  }

  @Override
  public void writeSelf(float[] from, int at) {
    System.arraycopy(from, at, self, 0, self.length);
  }

  @Override
  public float activity(int role, int scale) {
    return activity[role * activityScales + scale];
  }

  @Override
  public void activity(int role, int scale, float value) {
    activity[role * activityScales + scale] = value;
  }

  @Override
  public long hop1Key(int slot) {
    return hop1Key[slot];
  }

  @Override
  public void hop1Key(int slot, long key) {
    hop1Key[slot] = key;
  }

  @Override
  public long hop1Time(int slot) {
    return hop1Time[slot];
  }

  @Override
  public void hop1Time(int slot, long ms) {
    hop1Time[slot] = ms;
  }

  @Override
  public int hop1Count(int slot) {
    return hop1Count[slot];
  }

  @Override
  public void hop1Count(int slot, int count) {
    hop1Count[slot] = count;
  }

  @Override
  public int hop1Direction(int slot) {
    return hop1Direction[slot];
  }

  @Override
  public void hop1Direction(int slot, int direction) {
    hop1Direction[slot] = (byte) direction;
  }

  @Override
  public float hop1Pair(int slot, int scale) {
    return hop1Pair[slot * pairScales + scale];
  }

  @Override
  public void hop1Pair(int slot, int scale, float value) {
    hop1Pair[slot * pairScales + scale] = value;
  }

  @Override
  public void readHop1(int slot, float[] to, int at) {
    System.arraycopy(hop1, slot * neighbour, to, at, neighbour);
  }

  @Override
  public void writeHop1(int slot, float[] from, int at) {
    System.arraycopy(from, at, hop1, slot * neighbour, neighbour);
  }

  @Override
  public long hop2Key(int slot) {
    return hop2Key[slot];
  }

  @Override
  public void hop2Key(int slot, long key) {
    hop2Key[slot] = key;
  }

  @Override
  public long hop2Time(int slot) {
    return hop2Time[slot];
  }

  @Override
  public void hop2Time(int slot, long ms) {
    hop2Time[slot] = ms;
  }

  @Override
  public void readHop2(int slot, float[] to, int at) {
    System.arraycopy(hop2, slot * neighbour, to, at, neighbour);
  }

  @Override
  public void writeHop2(int slot, float[] from, int at) {
    System.arraycopy(from, at, hop2, slot * neighbour, neighbour);
  }

  @Override
  public void readHop1Keys(long[] to) {
    System.arraycopy(hop1Key, 0, to, 0, hop1Key.length);
  }

  @Override
  public void readHop1Times(long[] to) {
    System.arraycopy(hop1Time, 0, to, 0, hop1Time.length);
  }

  @Override
  public void readHop1(float[] to) {
    System.arraycopy(hop1, 0, to, 0, hop1.length);
  }

  @Override
  public void readHop2Keys(long[] to) {
    System.arraycopy(hop2Key, 0, to, 0, hop2Key.length);
  }

  @Override
  public void readHop2Times(long[] to) {
    System.arraycopy(hop2Time, 0, to, 0, hop2Time.length);
  }

  @Override
  public void readHop2(float[] to) {
    System.arraycopy(hop2, 0, to, 0, hop2.length);
  }
}
