package io.kith.streams.intake;

/** What became of an event; each has exactly one. */
enum Outcome {
  /** To the edges. */
  ACCEPTED("accepted"),
  /** To the dead letters. */
  REFUSED("refused"),
  /** Dropped: a copy of one that was accepted. */
  DUPLICATE("duplicates"),
  /** Dropped: in order, but no interaction. */
  UNWANTED("unwanted"),
  /** Dropped, as the settings ask for: a node with itself. */
  SELF_LOOP("self-loops");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  /** As counters and logs name it. */
  String label() {
    return label;
  }
}
