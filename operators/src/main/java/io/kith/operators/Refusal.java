package io.kith.operators;

/**
 * Why an arrival is not an interaction.
 *
 * @param kind what it is counted as
 * @param reason for people, ending in name=value
 */
public record Refusal(Kind kind, String reason) {
  /** What refused arrivals are counted as. */
  public enum Kind {
    /** Cannot be an interaction of this model. */
    UNREADABLE,
    /** An interaction of a node with itself. */
    SELF_LOOP
  }

  static Refusal unreadable(String reason) {
    return new Refusal(Kind.UNREADABLE, reason);
  }
}
