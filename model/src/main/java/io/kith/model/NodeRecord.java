package io.kith.model;

/**
 * The record of one node, wherever it lies: on the heap for training, off-heap for the job. A fresh
 * record is all zeros. Not safe for concurrent use.
 *
 * <p>Fields are those of MODEL.md: {@code self} float[D]; {@code tau} ms and {@code interactions};
 * {@code activity} float[2][A] as source (role 0) and as target (role 1); hop 1 of M1 slots and hop
 * 2 of M2 slots. A slot whose key is {@link NodeKey#EMPTY} is empty, and all of it is zero.
 */
public interface NodeRecord {
  /** Time of the last interaction, ms; means nothing while {@link #interactions} is 0. */
  long tau();

  void tau(long ms);

  /** Interactions so far; 0 is a node never seen. */
  int interactions();

  void interactions(int n);

  /** Copies the self representation to {@code to[at ..]}. */
  void readSelf(float[] to, int at);

  /** Copies the self representation from {@code from[at ..]}. */
  void writeSelf(float[] from, int at);

  /** Decayed number of interactions, as kept at {@link #tau}. */
  float activity(int role, int scale);

  void activity(int role, int scale, float value);

  long hop1Key(int slot);

  void hop1Key(int slot, long key);

  /** Time of the last interaction with that partner, ms. */
  long hop1Time(int slot);

  void hop1Time(int slot, long ms);

  int hop1Count(int slot);

  void hop1Count(int slot, int count);

  /** +1 where the owner was the source of the last interaction with that partner, else -1. */
  int hop1Direction(int slot);

  void hop1Direction(int slot, int direction);

  /** Decayed count of the pair, as kept at {@link #hop1Time}. */
  float hop1Pair(int slot, int scale);

  void hop1Pair(int slot, int scale, float value);

  /** Copies a slot's representation to {@code to[at ..]}. */
  void readHop1(int slot, float[] to, int at);

  /** Copies a slot's representation from {@code from[at ..]}. */
  void writeHop1(int slot, float[] from, int at);

  /** Copies the keys of all slots, long[M1]. */
  void readHop1Keys(long[] to);

  /** Copies the times of all slots, long[M1]. */
  void readHop1Times(long[] to);

  /** Copies the representations of all slots, float[M1][F] in a row. */
  void readHop1(float[] to);

  long hop2Key(int slot);

  void hop2Key(int slot, long key);

  long hop2Time(int slot);

  void hop2Time(int slot, long ms);

  /** Copies a slot's representation to {@code to[at ..]}. */
  void readHop2(int slot, float[] to, int at);

  /** Copies a slot's representation from {@code from[at ..]}. */
  void writeHop2(int slot, float[] from, int at);

  /** Copies the keys of all slots, long[M2]. */
  void readHop2Keys(long[] to);

  /** Copies the times of all slots, long[M2]. */
  void readHop2Times(long[] to);

  /** Copies the representations of all slots, float[M2][F] in a row. */
  void readHop2(float[] to);
}
