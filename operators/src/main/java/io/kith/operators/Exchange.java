package io.kith.operators;

/**
 * A half-interaction on its way to its partner.
 *
 * @param ownerRecord the owner's record as it was before the window; null where the partner's
 *     subtask has it (it owns it, or was sent it earlier in the window) or where there is none yet
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Exchange(Half half, byte[] ownerRecord) implements ForUpdater {
  @Override
  public long receiver() {
    return half.partner();
  }
}
