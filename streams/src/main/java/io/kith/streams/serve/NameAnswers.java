package io.kith.streams.serve;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ids behind keys, put together from what each instance knows. Any thread. */
final class NameAnswers {
  static final String PATH = "/v1/names";

  /** Keys of one request; the path of more would be too long for some. */
  static final int MOST_KEYS = 300;

  /**
   * @param names ids by key; a key of no known node is left out
   */
  record Names(Map<String, String> names, List<String> silentInstances) {}

  private final NodeNames own;
  private final Everyone everyone;

  NameAnswers(NodeNames own, Everyone everyone) {
    this.own = own;
    this.everyone = everyone;
  }

  /**
   * The ids behind keys.
   *
   * @param keys at most {@value #MOST_KEYS}
   * @param forwarded whether another instance asks, for the part of this one
   */
  Names names(List<Long> keys, boolean forwarded) {
    Map<String, String> found = new TreeMap<>();
    for (long key : keys) {
      own.of(key).ifPresent(node -> found.put(Long.toString(key), node));
    }
    List<String> silent = List.of();
    if (!forwarded && found.size() < keys.size()) {
      String all = String.join(",", keys.stream().map(key -> Long.toString(key)).toList());
      silent = everyone.ask(PATH + "?keys=" + all, Names.class, part -> found.putAll(part.names()));
    }
    return new Names(found, silent);
  }
}
