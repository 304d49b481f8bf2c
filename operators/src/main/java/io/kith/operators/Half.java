package io.kith.operators;

import io.kith.model.Interaction;

/**
 * One of the two halves of an interaction: what its owner has to tell its partner.
 *
 * @param window the event-time window that it counts in
 * @param fromSource whether the owner is the source and the partner the target, or the reverse
 * @param asked whether it is only a pair to be scored, and not to be learned; then the owner is the
 *     source, and there is no other half
 */
record Half(long window, Interaction interaction, boolean fromSource, boolean asked)
    implements InWindow {
  /** Half of an interaction. */
  Half(long window, Interaction interaction, boolean fromSource) {
    this(window, interaction, fromSource, false);
  }

  /** Key of the node whose record is read. */
  @Override
  public long owner() {
    return fromSource ? interaction.sourceKey() : interaction.targetKey();
  }

  /** Key of the node whose record is updated. */
  long partner() {
    return fromSource ? interaction.targetKey() : interaction.sourceKey();
  }

  /** Id of the node whose record is read. */
  String ownerId() {
    return fromSource ? interaction.source() : interaction.target();
  }

  /** Id of the node whose record is updated. */
  String partnerId() {
    return fromSource ? interaction.target() : interaction.source();
  }

  /** +1 where the partner is the source, -1 where it is the target. */
  int partnerDirection() {
    return fromSource ? -1 : 1;
  }
}
