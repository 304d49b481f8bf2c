package io.kith.streams.intake;

/** Why an event cannot be an interaction; becomes the reason of a dead letter. */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason for people, ending in name=value
   */
  Unfit(String reason) {
    super(reason, null, false, false);
  }
}
