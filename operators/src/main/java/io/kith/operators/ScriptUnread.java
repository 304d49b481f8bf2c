package io.kith.operators;

/** Looks into a {@link Script}: whether a partition has been played to its end. */
record ScriptUnread(Script<Arrival> script)
    implements UnreadProbe<ScriptSplit>, UnreadProbe.Maker<ScriptSplit> {
  private static final long serialVersionUID = 1L;

  @Override
  public UnreadProbe<ScriptSplit> open() {
    return this;
  }

  @Override
  public boolean unread(ScriptSplit split, long next) {
    return script.open(split.partition(), next == FROM_START ? split.next() : next).hasNext();
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
