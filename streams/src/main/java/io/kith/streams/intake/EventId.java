package io.kith.streams.intake;

import java.util.List;

/** Ids of events that consist of parts. */
final class EventId {
  private EventId() {}

  /** One text for several, another for others: each part comes with its length. */
  static String joined(List<String> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    StringBuilder id = new StringBuilder();
    parts.forEach(part -> id.append(part.length()).append(':').append(part));
    return id.toString();
  }
}
