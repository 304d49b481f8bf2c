package io.kith.model;

/**
 * What a score reads of one node's record, copied out of it once: a record may lie in foreign
 * memory, where each access costs. Used again and again; not safe for concurrent use.
 */
final class NodeSide {
  /** What a freshness is rounded to; sums of fewer than 2^12 are exact. */
  static final double UNIT = 0x1p-40;

  /** Added to a number and taken away again, it leaves whole units. */
  private static final double TO_UNITS = UNIT * 0x1.8p52;

  private final float[] z1;
  private final float[] z2;
  private final int width;

  /** Keys and times of the slots of hop 1 and of hop 2. */
  final long[] hop1Keys;

  final long[] hop1Times;
  final long[] hop2Keys;
  final long[] hop2Times;

  /** How fresh each slot's time is, and the node's own; zeros before {@link #freshen}. */
  final double[] hop1Fresh;

  final double[] hop2Fresh;
  double fresh;

  long key;
  long tau;

  /** 0 is a node never seen; then {@link #tau} means nothing. */
  int interactions;

  NodeSide(ModelSizes sizes) {
    width = sizes.neighbour();
    hop1Keys = new long[sizes.hop1()];
    hop1Times = new long[sizes.hop1()];
    hop2Keys = new long[sizes.hop2()];
    hop2Times = new long[sizes.hop2()];
    hop1Fresh = new double[sizes.hop1()];
    hop2Fresh = new double[sizes.hop2()];
    z1 = new float[sizes.hop1() * width];
    z2 = new float[sizes.hop2() * width];
  }

  /** Takes over what the record of a node holds. */
  void read(long node, NodeRecord record) {
    key = node;
    tau = record.tau();
    interactions = record.interactions();
    record.readHop1Keys(hop1Keys);
    record.readHop1Times(hop1Times);
    record.readHop1(z1);
    if (hop2Keys.length > 0) {
      record.readHop2Keys(hop2Keys);
      record.readHop2Times(hop2Times);
      record.readHop2(z2);
    }
  }

  /**
   * Computes how fresh times are at {@code t}: {@code 1 / (1 + age / scale)}, in whole {@link
   * #UNIT}s. Such numbers have exact sums, whatever the order. What is said of an empty slot means
   * nothing.
   *
   * @param scale Tau, ms
   */
  void freshen(long t, double scale) {
    freshen(hop1Times, hop1Fresh, t, scale);
    freshen(hop2Times, hop2Fresh, t, scale);
    fresh = interactions > 0 ? fresh(t - tau, scale) : 0;
  }

  private static void freshen(long[] times, double[] fresh, long t, double scale) {
    for (int i = 0; i < times.length; i++) {
      fresh[i] = fresh(t - times[i], scale);
    }
  }

  private static double fresh(long age, double scale) {
    return scale / (scale + Math.max(age, 0)) + TO_UNITS - TO_UNITS;
  }

  /**
   * Adds the representations of all slots to {@code to[at .. at + F]}, in their order. Those of
   * empty slots are zero, and change no bit of a sum that starts from zero.
   */
  void addRepresentations(float[] to, int at) {
    add(z1, to, at);
    add(z2, to, at);
  }

  /** Four sums at a time, for each has to wait for its own last addition. */
  private void add(float[] z, float[] to, int at) {
    int k = 0;
    for (; k + 3 < width; k += 4) {
      float s0 = to[at + k];
      float s1 = to[at + k + 1];
      float s2 = to[at + k + 2];
      float s3 = to[at + k + 3];
      for (int i = k; i < z.length; i += width) {
        s0 += z[i];
        s1 += z[i + 1];
        s2 += z[i + 2];
        s3 += z[i + 3];
      }
      to[at + k] = s0;
      to[at + k + 1] = s1;
      to[at + k + 2] = s2;
      to[at + k + 3] = s3;
    }
    for (; k < width; k++) {
      float s = to[at + k];
      for (int i = k; i < z.length; i += width) {
        s += z[i];
      }
      to[at + k] = s;
    }
  }
}
