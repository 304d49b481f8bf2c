package io.kith.operators;

import io.kith.state.NodeStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What Reader i and Updater i share: the nodes they own, and how far they have been updated. They
 * find each other by job, execution graph, attempt and subtask; by job and subtask alone a restart
 * could find the nodes of the attempt before it, whose tasks may not have ended yet.
 *
 * <p>Each of the two acquires it once and releases it once. Nobody needs a lock: Updater writes a
 * window before it publishes that, and Reader reads a node only once the windows that change its
 * record are published; what is written meanwhile are other nodes.
 */
final class SharedNodes {
  /** Before every watermark: nothing is applied, but the nodes are there. */
  static final long RESTORED = Long.MIN_VALUE + 1;

  private static final ConcurrentHashMap<Place, SharedNodes> ALL = new ConcurrentHashMap<>();

  private final Place place;
  private final OwnedNodes nodes;
  private final Popularity popular;
  private int users;
  private volatile long applied = Long.MIN_VALUE;

  /** What the Reader waits for; {@code Long.MAX_VALUE} for nothing. */
  private volatile long awaited = Long.MAX_VALUE;

  private final AtomicInteger sweeps = new AtomicInteger();
  private volatile Runnable wake = () -> {};

  /**
   * Where the two stand.
   *
   * @param run the job's execution graph and attempt
   */
  record Place(String job, String run, int subtask) {}

  private SharedNodes(Place place, OwnedNodes nodes, Popularity popular) {
    this.place = place;
    this.nodes = nodes;
    this.popular = popular;
  }

  /** The nodes of a place; the first to come makes them. */
  static SharedNodes acquire(
      Place place, Supplier<OwnedNodes> maker, Supplier<Popularity> popular) {
    return ALL.compute(
        place,
        (key, there) -> {
          SharedNodes shared =
              there == null ? new SharedNodes(place, maker.get(), popular.get()) : there;
          shared.users++;
          return shared;
        });
  }

  /** Gives them up; the last to go frees the memory. */
  void release() {
    ALL.compute(
        place,
        (key, there) -> {
          users--;
          if (users > 0) {
            return this;
          }
          store().close();
          return null;
        });
  }

  OwnedNodes nodes() {
    return nodes;
  }

  /** Who is popular; read and written by the rule of the nodes. */
  Popularity popular() {
    return popular;
  }

  private NodeStore store() {
    return nodes.store();
  }

  /** The watermark through which all is applied; any thread. */
  long applied() {
    return applied;
  }

  /**
   * Says that all is applied through a watermark, and wakes a Reader that waits for it; Updater
   * only.
   */
  void publish(long watermark) {
    applied = watermark;
    if (watermark >= awaited) {
      wake.run();
    }
  }

  /**
   * Whether all is applied through a watermark; if not, the Reader is woken when it is, or before.
   * Reader only.
   */
  boolean isApplied(long watermark) {
    awaited = watermark; // before the look: either it sees what is published, or it is woken
    boolean isApplied = applied >= watermark;
    if (isApplied) {
      awaited = Long.MAX_VALUE;
    }
    return isApplied;
  }

  /** How often nodes have been forgotten here; any thread. */
  int sweeps() {
    return sweeps.get();
  }

  /** Says that what was to be forgotten is, and wakes the Reader; Updater only. */
  void swept() {
    sweeps.incrementAndGet();
    wake.run();
  }

  /** What wakes the Reader; Reader only. */
  void wakeBy(Runnable wake) {
    this.wake = wake;
  }
}
