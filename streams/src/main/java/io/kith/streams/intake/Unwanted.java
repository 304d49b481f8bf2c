package io.kith.streams.intake;

/** An event that is in order and stands for no interaction, such as a deletion. */
final class Unwanted extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param what for people, ending in name=value
   */
  Unwanted(String what) {
    super(what, null, false, false);
  }
}
