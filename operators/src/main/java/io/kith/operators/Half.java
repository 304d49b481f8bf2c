package io.kith.operators;

import io.kith.model.Interaction;

/**
 * One of the two halves of an interaction: what its owner has to tell its partner. It stays as it
 * is until whoever made it {@linkplain #set uses it again}, which only a replay does.
 */
final class Half implements InWindow {
  private long window;
  private Interaction interaction;
  private boolean fromSource;
  private final boolean asked;

  /**
   * @param window the event-time window that it counts in
   * @param fromSource whether the owner is the source and the partner the target, or the reverse
   * @param asked whether it is only a pair to be scored, and not to be learned; then the owner is
   *     the source, and there is no other half
   */
  Half(long window, Interaction interaction, boolean fromSource, boolean asked) {
    this.window = window;
    this.interaction = interaction;
    this.fromSource = fromSource;
    this.asked = asked;
  }

  /** One to be {@linkplain #set set} before it is used. */
  Half() {
    this(0, null, true, false);
  }

  /** Half of an interaction. */
  Half(long window, Interaction interaction, boolean fromSource) {
    this(window, interaction, fromSource, false);
  }

  /** Makes it half of another interaction; nobody may hold it any more as it was. */
  Half set(long window, Interaction interaction, boolean fromSource) {
    this.window = window;
    this.interaction = interaction;
    this.fromSource = fromSource;
    return this;
  }

  @Override
  public long window() {
    return window;
  }

  Interaction interaction() {
    return interaction;
  }

  boolean fromSource() {
    return fromSource;
  }

  /** Whether it is only a pair to be scored. */
  boolean asked() {
    return asked;
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
