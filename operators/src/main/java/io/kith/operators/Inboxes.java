package io.kith.operators;

import java.util.Set;
import java.util.TreeMap;

/** The inboxes of the windows that are not applied yet. Not safe for concurrent use. */
final class Inboxes {
  private final TreeMap<Long, Inbox> byWindow = new TreeMap<>();

  /** An empty one, for the next window. */
  private Inbox spare = new Inbox();

  /** The window that was asked for last, and its inbox: most exchanges are of the same. */
  private long lastWindow;

  private Inbox last;

  /** That of a window, empty at first. */
  Inbox of(long window) {
    if (last == null || window != lastWindow) {
      lastWindow = window;
      last = byWindow.get(window);
      if (last == null) {
        last = spare == null ? new Inbox() : spare;
        spare = null;
        byWindow.put(window, last);
      }
    }
    return last;
  }

  boolean isEmpty() {
    return byWindow.isEmpty();
  }

  /** The first window that has one; {@link Long#MAX_VALUE} where there is none. */
  long firstWindow() {
    return byWindow.isEmpty() ? Long.MAX_VALUE : byWindow.firstKey();
  }

  /** Takes a window's inbox out; to be {@linkplain #done given back}. */
  Inbox take(long window) {
    last = null;
    return byWindow.remove(window);
  }

  void done(Inbox inbox) {
    inbox.clear();
    spare = inbox;
  }

  Set<Long> windows() {
    return byWindow.keySet();
  }
}
