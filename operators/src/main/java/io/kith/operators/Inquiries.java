package io.kith.operators;

import io.kith.model.NodeKey;
import io.kith.model.Recommendation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The Updater's part in answering requests: scores the candidates that it owns, from the records as
 * they were when the Reader asked. Only reads the nodes. Not safe for concurrent use.
 */
final class Inquiries {
  private final PartnerScorer scorer;
  private final PartnerScorer.Ids ids;
  private final Output output;

  /** By the first window that must not be applied. */
  private final TreeMap<Long, List<Inquiry>> held = new TreeMap<>();

  /** Takes what there is to say. */
  interface Output {
    void answered(AnswerPart part);
  }

  Inquiries(PartnerScorer scorer, PartnerScorer.Ids ids, Output output) {
    this.scorer = scorer;
    this.ids = ids;
    this.output = output;
  }

  void add(Inquiry inquiry) {
    held.computeIfAbsent(inquiry.open(), open -> new ArrayList<>()).add(inquiry);
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Answers all that want the records before {@code open} or before an earlier window. */
  void answer(long open) {
    while (!held.isEmpty() && held.firstKey() <= open) {
      held.pollFirstEntry().getValue().forEach(this::answer);
    }
  }

  private void answer(Inquiry inquiry) {
    Question question = inquiry.question();
    long key = NodeKey.of(question.node());
    boolean known = inquiry.known() && scorer.source(key, inquiry.nodeRecord(), inquiry.time());
    List<Recommendation.Item> items = new ArrayList<>();
    boolean targetKnown = false;
    if (question.pair()) {
      Shortlist.Candidate target = inquiry.candidates().get(0);
      targetKnown = scorer.knows(target.key());
      if (known && targetKnown) {
        items.add(scorer.of(key, target, ids));
      }
    } else if (known) {
      items.addAll(scorer.best(key, inquiry.candidates(), question.k(), ids));
    }
    output.answered(
        new AnswerPart(question, inquiry.time(), inquiry.parts(), known, targetKnown, items));
  }
}
