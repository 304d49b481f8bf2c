package io.kith.deploy.letters;

import java.util.Optional;

/**
 * Where a record stands on its topic.
 *
 * @param offset from 0; -1 where it is not known
 */
record Place(int partition, long offset) {
  static final Place UNKNOWN = new Place(-1, -1);

  /** Reads {@code partition/offset}. */
  static Optional<Place> parse(String text) {
    if (!text.matches("\\d{1,9}/\\d{1,18}")) {
      return Optional.empty();
    }
    int slash = text.indexOf('/');
    return Optional.of(
        new Place(
            Integer.parseInt(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1))));
  }

  @Override
  public String toString() {
    return partition + "/" + offset;
  }
}
