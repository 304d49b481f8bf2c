package io.kith.model;

import java.util.Arrays;

/**
 * What an interaction does to a node's record: MODEL.md, "Update". Not safe for concurrent use;
 * make one a thread.
 */
public final class RecordUpdater {
  private static final int SOURCE = 0;
  private static final int TARGET = 1;

  private final ModelSizes sizes;
  private final Slots slots;
  private final TimeEncoding time;
  private final Gru selfGru;
  private final Gru neighbourGru;
  private final float[] message;
  private final float[] self;
  private final float[] z;
  private final long[] partnerKeys;
  private final long[] partnerTimes;
  private final long[] hop2Keys;
  private final long[] hop2Times;
  private final UpdateTrace trace;

  public RecordUpdater(Weights weights) {
    this(weights, UpdateTrace.NONE);
  }

  /** One that tells {@code trace} what each update is made of. */
  public RecordUpdater(Weights weights, UpdateTrace trace) {
    this.trace = trace;
    sizes = weights.sizes();
    slots = new Slots(sizes);
    time = weights.time();
    selfGru = new Gru(weights, "self");
    neighbourGru = new Gru(weights, "ngh");
    message = new float[sizes.message()];
    self = new float[sizes.self()];
    z = new float[sizes.neighbour()];
    partnerKeys = new long[sizes.hop1()];
    partnerTimes = new long[sizes.hop1()];
    hop2Keys = new long[sizes.hop2()];
    hop2Times = new long[sizes.hop2()];
  }

  /**
   * Applies an interaction of u with v to u's record.
   *
   * @param ofU the record of u, with the window's earlier interactions applied; written
   * @param ofV the record of v as it was before the window; only read
   * @param t event time, ms
   * @param features float[Dx]
   * @param direction +1 where u is the source, -1 where it is the target
   */
  public void apply(
      long u, NodeRecord ofU, long v, NodeRecord ofV, long t, float[] features, int direction) {
    ofV.readSelf(message, 0);
    System.arraycopy(features, 0, message, sizes.self(), sizes.features());
    message[message.length - 1] = direction;
    updateSelf(ofU, t);
    updateHop1(ofU, v, t, direction);
    if (sizes.hop2() > 0) {
      updateHop2(u, ofU, ofV);
    }
    updateActivity(ofU, t, direction);
  }

  private void updateSelf(NodeRecord ofU, long t) {
    boolean known = ofU.interactions() > 0;
    encodeTime(known, t - ofU.tau());
    ofU.readSelf(self, 0);
    trace.self(message, known, t - ofU.tau(), self);
    selfGru.step(message, 0, self);
    ofU.writeSelf(self, 0);
  }

  private void updateHop1(NodeRecord ofU, long v, long t, int direction) {
    int i = slots.hop1(ofU, v);
    boolean held = ofU.hop1Key(i) == v;
    long last = ofU.hop1Time(i);
    if (held) {
      encodeTime(true, t - last);
      ofU.readHop1(i, z, 0);
      for (int r = 0; r < sizes.pairScales().size(); r++) {
        float decay = TimeEncoding.decay(sizes.pairScales().get(r), t, last);
        ofU.hop1Pair(i, r, ofU.hop1Pair(i, r) * decay + 1f);
      }
      ofU.hop1Time(i, Math.max(last, t));
      ofU.hop1Count(i, ofU.hop1Count(i) + 1);
    } else {
      encodeTime(false, 0);
      Arrays.fill(z, 0f);
      for (int r = 0; r < sizes.pairScales().size(); r++) {
        ofU.hop1Pair(i, r, 1f);
      }
      ofU.hop1Key(i, v);
      ofU.hop1Time(i, t);
      ofU.hop1Count(i, 1);
    }
    trace.hop1(i, message, held, t - last, z);
    neighbourGru.step(message, 0, z);
    ofU.writeHop1(i, z, 0);
    ofU.hop1Direction(i, direction);
  }

  private void updateHop2(long u, NodeRecord ofU, NodeRecord ofV) {
    ofV.readHop1Keys(partnerKeys);
    ofV.readHop1Times(partnerTimes);
    ofU.readHop2Keys(hop2Keys);
    ofU.readHop2Times(hop2Times);
    for (int i = 0; i < partnerKeys.length; i++) {
      long a = partnerKeys[i];
      if (a == NodeKey.EMPTY || a == u) {
        continue;
      }
      int j = slots.hop2(hop2Keys, hop2Times, a);
      long held = hop2Keys[j];
      if (held == a || held == NodeKey.EMPTY || partnerTimes[i] > hop2Times[j]) {
        hop2Keys[j] = a;
        hop2Times[j] = partnerTimes[i];
        ofU.hop2Key(j, a);
        ofU.hop2Time(j, partnerTimes[i]);
        ofV.readHop1(i, z, 0);
        ofU.writeHop2(j, z, 0);
        trace.hop2(j, i);
      }
    }
  }

  private void updateActivity(NodeRecord ofU, long t, int direction) {
    boolean known = ofU.interactions() > 0;
    int role = direction > 0 ? SOURCE : TARGET;
    for (int a = 0; a < sizes.activityScales().size(); a++) {
      float decay = known ? TimeEncoding.decay(sizes.activityScales().get(a), t, ofU.tau()) : 0f;
      ofU.activity(SOURCE, a, ofU.activity(SOURCE, a) * decay);
      ofU.activity(TARGET, a, ofU.activity(TARGET, a) * decay);
      ofU.activity(role, a, ofU.activity(role, a) + 1f);
    }
    ofU.tau(known ? Math.max(ofU.tau(), t) : t);
    ofU.interactions(ofU.interactions() + 1);
  }

  private void encodeTime(boolean known, long difference) {
    int at = sizes.self() + sizes.features();
    if (known) {
      time.encode(TimeEncoding.log(difference), message, at);
    } else {
      time.encodeNone(message, at);
    }
  }
}
