package io.kith.model.evaluate;

import io.kith.model.Candidates;
import io.kith.model.Candidates.Origin;
import io.kith.model.HeapRecord;
import io.kith.model.PairScorer;
import io.kith.model.PopularTargets;
import io.kith.model.RecordUpdater;
import io.kith.model.Weights;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/**
 * The candidates of the source that have been targets, by the model's score: what the job puts on
 * its recommendations. Not safe for concurrent use.
 */
public final class CandidateList implements NextPartnerList {
  private final Timeline timeline;
  private final Weights weights;
  private final HeapReplay replay;
  private final PairScorer scorer;
  private final RecordUpdater updater;
  private final Candidates candidates;
  private final PopularTargets popular;
  private final boolean[] target;
  private final Map<Origin, Integer> found = new EnumMap<>(Origin.class);
  private int asked;
  private long scored;

  /**
   * @param popular how many of the most active targets are candidates of everyone
   */
  public CandidateList(Timeline timeline, Weights weights, int popular) {
    this.timeline = timeline;
    this.weights = weights;
    this.replay = new HeapReplay(timeline, weights.sizes());
    this.scorer = new PairScorer(weights);
    this.updater = new RecordUpdater(weights);
    this.candidates = new Candidates(weights.sizes(), popular, EnumSet.allOf(Origin.class), false);
    this.popular = new PopularTargets(popular);
    this.target = new boolean[timeline.nodes()];
  }

  @Override
  public Place place(int source, int wanted, long t) {
    HeapRecord ofSource = replay.record(source);
    long[] mostActive = popular.keys();
    candidates.find(timeline.key(source), ofSource, mostActive, mostActive.length);
    asked++;
    int at = -1;
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.key(i) == timeline.key(wanted)) {
        at = i;
        found.merge(candidates.origin(i), 1, Integer::sum);
      }
    }
    if (at < 0 || !target[wanted]) {
      scored += candidates.size();
      return Place.NONE;
    }
    scorer.source(timeline.key(source), ofSource, t);
    double weight = weight(at);
    int above = 0;
    int level = 1;
    for (int i = 0; i < candidates.size(); i++) {
      if (i != at && target[timeline.node(candidates.key(i))]) {
        double other = weight(i);
        above += other > weight ? 1 : 0;
        level += other == weight ? 1 : 0;
      }
    }
    scored += candidates.size();
    return new Place(above, level);
  }

  private double weight(int candidate) {
    long key = candidates.key(candidate);
    HeapRecord ofOther = replay.record(timeline.node(key));
    float score = scorer.score(key, ofOther);
    return Candidates.weight(score, candidates.origin(candidate));
  }

  @Override
  public void observe(int from, int to) {
    replay.apply(updater, from, to);
    for (int i = from; i < to; i++) {
      target[timeline.target(i)] = true;
      offer(timeline.source(i));
      offer(timeline.target(i));
    }
  }

  private void offer(int node) {
    popular.offer(timeline.key(node), PopularTargets.rank(replay.record(node), weights.sizes()));
  }

  /** How often the true partner was among the candidates by that origin, in [0, 1]. */
  double found(Origin origin) {
    return (double) found.getOrDefault(origin, 0) / asked;
  }

  /** Mean number of candidates. */
  double candidates() {
    return (double) scored / asked;
  }
}
