package io.kith.operators;

import io.kith.model.Interaction;

/**
 * One of the two halves of an interaction: what its owner has to tell its partner.
 *
 * @param window the event-time window that it counts in
 * @param fromSource whether the owner is the source and the partner the target, or the reverse
 */
record Half(long window, Interaction interaction, boolean fromSource) {
  /** Key of the node whose record is read. */
  long owner() {
    return fromSource ? interaction.sourceKey() : interaction.targetKey();
  }

  /** Key of the node whose record is updated. */
  long partner() {
    return fromSource ? interaction.targetKey() : interaction.sourceKey();
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
