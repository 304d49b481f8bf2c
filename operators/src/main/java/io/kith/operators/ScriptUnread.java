package io.kith.operators;

import java.util.List;

/** Looks into an {@link Script}: whether a partition has been played to its end. */
record ScriptUnread(Script<Arrival> script)
    implements UnreadProbe<ScriptSplit>, UnreadProbe.Questions<ScriptSplit, List<ScriptSplit>> {
  private static final long serialVersionUID = 1L;

  @Override
  public UnreadProbe<ScriptSplit> open() {
    return this;
  }

  /** A reader's splits come as it registers. */
  @Override
  public boolean allDealt(List<ScriptSplit> enumerator) {
    return true;
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
