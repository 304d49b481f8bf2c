package io.kith.streams.serve;

import io.kith.model.Candidates;
import io.kith.model.NodeKey;
import io.kith.model.Recommendation;
import java.util.Arrays;
import java.util.List;

/** Lists of next partners. */
final class Lists {
  private Lists() {}

  /** One partner, with those who stand between. */
  static Recommendation of(String node, String target, String... between) {
    List<Recommendation.SharedNode> strongest =
        Arrays.stream(between)
            .map(id -> new Recommendation.SharedNode(key(id), 18, 1_000))
            .toList();
    return new Recommendation(
        node,
        key(node),
        7,
        7_000,
        "m1",
        List.of(
            new Recommendation.Item(
                target,
                key(target),
                0.1f,
                Candidates.Origin.FRIENDS_OF_FRIENDS,
                new Recommendation.Reason(
                    2_000L, 3, List.of(new Recommendation.SharedByCode(18, 2)), strongest))));
  }

  private static String key(String id) {
    return Long.toString(NodeKey.of(id));
  }
}
