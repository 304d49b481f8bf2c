package io.kith.deploy.local;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Things to close, the newest first, each even where another fails. One thread. */
final class Resources implements Closeable {
  private final Deque<Closeable> open = new ArrayDeque<>();

  void add(Closeable resource) {
    open.push(resource);
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException | RuntimeException e) {
        if (first == null) {
          first = new IOException("not everything stopped in order: " + e.getMessage(), e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
