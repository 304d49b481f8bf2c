package io.kith.model;

/**
 * Told what each update of a record is made of, just before it is computed; a training run keeps
 * it, for gradients go through the last update of each state. Arrays are the updater's own: to be
 * copied, not kept. Called on the updater's thread.
 */
public interface UpdateTrace {
  /** Keeps nothing. */
  UpdateTrace NONE = new UpdateTrace() {};

  /**
   * The self representation changes.
   *
   * @param message float[I]
   * @param known whether there was an interaction before; if not, {@code difference} means nothing
   * @param difference ms since that interaction
   * @param before float[D], the state before
   */
  default void self(float[] message, boolean known, long difference, float[] before) {}

  /** The representation in a hop-1 slot changes; {@code before} is float[F]. */
  default void hop1(int slot, float[] message, boolean known, long difference, float[] before) {}

  /** A hop-2 slot takes the representation that the partner has in its hop-1 slot. */
  default void hop2(int slot, int partnerSlot) {}
}
