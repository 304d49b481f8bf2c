package io.kith.operators;

import io.kith.model.Candidates;
import io.kith.model.HeapRecord;
import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import io.kith.model.PairScorer;
import io.kith.model.PopularTargets;
import io.kith.model.Reasons;
import io.kith.model.Recommendation;
import io.kith.model.RecordUpdater;
import io.kith.model.Weights;
import io.kith.model.evaluate.HeapReplay;
import io.kith.model.evaluate.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The lists of next partners as they should be: one window after the other, on the heap. */
final class SequentialLists {
  private final Weights weights;
  private final Windows windows;
  private final WhoNextSettings settings;
  private final Timeline timeline;
  private final HeapReplay replay;
  private final PairScorer scorer;
  private final Reasons reasons;
  private final String[] ids;
  private final boolean[] target;
  private final List<String> lists = new ArrayList<>();
  private final Map<Integer, Recommendation> last = new HashMap<>();
  private final List<String> lastLists = new ArrayList<>();
  private int skipped;

  private SequentialLists(
      Weights weights, Windows windows, WhoNextSettings settings, List<Interaction> interactions) {
    this.weights = weights;
    this.windows = windows;
    this.settings = settings;
    this.timeline = Timeline.of(interactions);
    this.replay = new HeapReplay(timeline, weights.sizes());
    this.scorer = new PairScorer(weights);
    this.reasons = new Reasons(weights.sizes());
    this.ids = new String[timeline.nodes()];
    this.target = new boolean[timeline.nodes()];
  }

  /** Makes the lists of a stream. */
  static SequentialLists of(
      Weights weights, Windows windows, WhoNextSettings settings, List<Interaction> interactions) {
    SequentialLists lists = new SequentialLists(weights, windows, settings, interactions);
    lists.run();
    return lists;
  }

  /** The lists, sorted. */
  List<String> lists() {
    return lists.stream().sorted().toList();
  }

  /** What each interaction is to say of the last list of its source, sorted. */
  List<String> lastLists() {
    return lastLists.stream().sorted().toList();
  }

  private void run() {
    RecordUpdater updater = new RecordUpdater(weights);
    OutputJson json = new OutputJson(weights, 0);
    long period = Long.MIN_VALUE;
    long[] popular = {};
    int end;
    for (int start = 0; start < timeline.size(); start = end) {
      long window = windows.of(timeline.time(start));
      end = start;
      while (end < timeline.size() && windows.of(timeline.time(end)) == window) {
        end++;
      }
      if (settings.popularKept(weights.sizes()) > 0) {
        long now = WhoNextSettings.period(window, windows, weights.sizes());
        popular = now > period ? mostActive() : popular;
        period = now;
      }
      TreeSet<Integer> wanted = new TreeSet<>();
      for (int i = start; i < end; i++) {
        ids[timeline.source(i)] = timeline.interaction(i).source();
        ids[timeline.target(i)] = timeline.interaction(i).target();
        target[timeline.target(i)] = true;
        lastLists.add(lastList(i));
        if (due(timeline.source(i), window)) {
          wanted.add(timeline.source(i));
        }
      }
      replay.apply(updater, start, end);
      for (int node : skipSome(wanted, window)) {
        Recommendation list = list(node, window, popular);
        if (list != null) {
          last.put(node, list);
          lists.add(JobRun.text(json.recommendation(list)));
        }
      }
    }
  }

  private String lastList(int i) {
    Interaction interaction = timeline.interaction(i);
    Recommendation list = last.get(timeline.source(i));
    String said = "null";
    if (list != null) {
      List<String> targets =
          list.recommendations().stream().map(Recommendation.Item::target).toList();
      int at = targets.indexOf(interaction.target());
      String position = at < 0 ? "null" : String.valueOf(at + 1);
      said =
          "{\"window\":%d,\"k\":%d,\"position\":%s}"
              .formatted(list.window(), settings.k(), position);
    }
    return "%s %s %d %s"
        .formatted(interaction.source(), interaction.target(), interaction.timestamp(), said);
  }

  /** Of the nodes of a key group those with the smallest hash of node and window. */
  private List<Integer> skipSome(Set<Integer> wanted, long window) {
    KeyGroups keyGroups = new KeyGroups(KithOptions.MAX_PARALLELISM.defaultValue(), 1);
    Map<Integer, List<Integer>> groups = new HashMap<>();
    for (int node : wanted) {
      groups
          .computeIfAbsent(keyGroups.of(timeline.key(node)), group -> new ArrayList<>())
          .add(node);
    }
    List<Integer> kept = new ArrayList<>();
    for (List<Integer> group : groups.values()) {
      group.sort(
          Comparator.comparingLong(
              (Integer node) -> NodeKey.mix(timeline.key(node) ^ NodeKey.mix(window))));
      kept.addAll(group.subList(0, Math.min(group.size(), settings.most())));
      skipped += Math.max(0, group.size() - settings.most());
    }
    return kept;
  }

  /** Lists not made because a window had too many. */
  int skipped() {
    return skipped;
  }

  private boolean due(int node, long window) {
    HeapRecord before = replay.record(node);
    return settings.everyMs() == 0
        || before.interactions() == 0
        || before.tau() / settings.everyMs() < (windows.start(window + 1) - 1) / settings.everyMs();
  }

  /** By a look at every node there is. */
  private long[] mostActive() {
    Map<Integer, Double> ranks = new HashMap<>();
    for (int node = 0; node < timeline.nodes(); node++) {
      double rank = PopularTargets.rank(replay.record(node), weights.sizes());
      if (rank > Double.NEGATIVE_INFINITY) {
        ranks.put(node, rank);
      }
    }
    return ranks.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Double>comparingByValue()
                .reversed()
                .thenComparing(e -> timeline.key(e.getKey())))
        .limit(settings.popular())
        .mapToLong(e -> timeline.key(e.getKey()))
        .toArray();
  }

  private Recommendation list(int node, long window, long[] popular) {
    long t = windows.start(window + 1);
    long key = timeline.key(node);
    HeapRecord record = replay.record(node);
    Candidates candidates = settings.candidates(weights.sizes());
    candidates.find(key, record, popular, popular.length);
    if (candidates.size() == 0) {
      return null;
    }
    List<Recommendation.Item> items = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      long other = candidates.key(i);
      int number = timeline.node(other);
      if (target[number]) {
        items.add(
            new Recommendation.Item(
                ids[number],
                Long.toString(other),
                scorer.score(key, record, other, replay.record(number), t),
                candidates.origin(i),
                reasons.of(key, record, other, replay.record(number))));
      }
    }
    items.sort(
        Comparator.comparing(
                (Recommendation.Item item) -> -Candidates.weight(item.score(), item.origin()))
            .thenComparing(item -> Long.parseLong(item.targetKey())));
    return new Recommendation(
        ids[node],
        Long.toString(key),
        window,
        t,
        weights.version(),
        items.subList(0, Math.min(settings.k(), items.size())));
  }
}
