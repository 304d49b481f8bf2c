package io.kith.streams;

import io.kith.model.Embedding;
import io.kith.model.Explanation;
import io.kith.model.Neighbour;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What holds of every record on Kith's topics, beyond its types. Each check throws a {@link
 * SerializationException} that names the first fault. Any thread.
 */
final class RecordChecks {
  /** So that what is kept of a record has a bound. */
  private static final int MAX_VERSION_LENGTH = 256;

  /** All six bits of a distance code. */
  private static final int MOST_CODE = 63;

  private RecordChecks() {}

  static void check(Prediction p) {
    String record = "prediction";
    id(record, "source", p.source());
    id(record, "target", p.target());
    version(record, p.modelVersion());
    within(record, "score", p.score(), 0, 1);
    atLeast(record, "sharedNeighbours", p.sharedNeighbours(), 0);
    atLeast(record, "negatives", p.negatives(), 0);
    within(record, "rank", p.rank(), 1, p.negatives() + 1.0);
    within(record, "recencyRank", p.recencyRank(), 1, p.negatives() + 1.0);
    within(record, "edgeBankRank", p.edgeBankRank(), 1, p.negatives() + 1.0);
    finite(record, "recencyScore", p.recencyScore());
    if (p.negatives() > 0) {
      present(record, "negativeScore", p.negativeScore());
      present(record, "negativeRecencyScore", p.negativeRecencyScore());
      present(record, "negativeMet", p.negativeMet());
      within(record, "negativeScore", p.negativeScore(), 0, 1);
      finite(record, "negativeRecencyScore", p.negativeRecencyScore());
    } else {
      absent(record, "negativeScore", p.negativeScore());
      absent(record, "negativeRecencyScore", p.negativeRecencyScore());
      absent(record, "negativeMet", p.negativeMet());
    }
    if (p.explanation() != null) {
      check(p.explanation());
    }
    if (p.lastList() != null) {
      atLeast(record, "lastList.k", p.lastList().k(), 1);
      if (p.lastList().position() != null) {
        within(record, "lastList.position", p.lastList().position(), 1, p.lastList().k());
      }
    }
  }

  private static void check(Explanation e) {
    String record = "explanation";
    present(record, "entries", e.entries());
    atLeast(record, "entries", e.entries().size(), 2);
    atLeast(record, "jointSize", e.jointSize(), e.entries().size());
    within(record, "sharedSize", e.sharedSize(), 0, e.jointSize() - 2.0);
    for (Explanation.Entry entry : e.entries()) {
      present(record, "entry", entry);
      id(record, "key", entry.key());
      within(record, "code", entry.code(), 1, MOST_CODE);
      atLeast(record, "sourceAge", entry.sourceAge() == null ? 0 : entry.sourceAge(), 0);
      atLeast(record, "targetAge", entry.targetAge() == null ? 0 : entry.targetAge(), 0);
    }
  }

  static void check(Embedding e) {
    String record = "embedding";
    id(record, "node", e.node());
    id(record, "key", e.key());
    version(record, e.modelVersion());
    present(record, "vector", e.vector());
    require(!e.vector().isEmpty(), record, "vector must have elements", "vector", e.vector());
    for (Float x : e.vector()) {
      present(record, "vector", x);
      finite(record, "vector", x);
    }
    atLeast(record, "interactions", e.interactions(), 0);
    present(record, "neighbours", e.neighbours());
    for (Neighbour neighbour : e.neighbours()) {
      present(record, "neighbour", neighbour);
      id("neighbour", "key", neighbour.key());
      atLeast("neighbour", "interactions", neighbour.interactions(), 1);
    }
  }

  static void check(Recommendation r) {
    String record = "recommendation";
    id(record, "node", r.node());
    id(record, "key", r.key());
    version(record, r.modelVersion());
    for (Recommendation.Item item : r.recommendations()) {
      id(record, "target", item.target());
      id(record, "targetKey", item.targetKey());
      within(record, "score", item.score(), 0, 1);
      present(record, "origin", item.origin());
      present(record, "reason", item.reason());
      check(item.reason());
    }
  }

  private static void check(Recommendation.Reason reason) {
    String record = "reason";
    atLeast(record, "meetings", reason.meetings(), 0);
    for (Recommendation.SharedByCode shared : reason.shared()) {
      within(record, "code", shared.code(), 1, MOST_CODE);
      atLeast(record, "nodes", shared.nodes(), 1);
    }
    for (Recommendation.SharedNode node : reason.strongest()) {
      key(record, node.key());
      within(record, "code", node.code(), 1, MOST_CODE);
    }
  }

  static void check(Quality q) {
    String record = "quality";
    version(record, q.modelVersion());
    atLeast(record, "predictions", q.predictions(), 1);
    atLeast(record, "repeats", q.repeats(), 0);
    atLeast(record, "ranked", q.ranked(), 0);
    atLeast(record, "predictions", q.predictions(), q.ranked());
    if (q.ranked() == 0) {
      absent(record, "meanNegatives", q.meanNegatives());
    } else {
      present(record, "meanNegatives", q.meanNegatives());
      within(record, "meanNegatives", q.meanNegatives(), 1, Double.MAX_VALUE);
    }
    figures(q.ranked(), "model", q.model());
    figures(q.ranked(), "recency", q.recency());
    figures(q.ranked(), "edgeBank", q.edgeBank());
    if (q.whoNext() != null) {
      atLeast(record, "whoNext.listed", q.whoNext().listed(), 1);
      atLeast(record, "predictions", q.predictions(), q.whoNext().listed());
      recall("recallAt1", q.whoNext().recallAt1());
      recall("recallAt5", q.whoNext().recallAt5());
      recall("recallAt10", q.whoNext().recallAt10());
      recall("recallAt20", q.whoNext().recallAt20());
    }
  }

  private static void recall(String field, Double recall) {
    if (recall != null) {
      within("quality", "whoNext." + field, recall, 0, 1);
    }
  }

  private static void figures(long ranked, String rule, RankFigures figures) {
    if (ranked == 0) {
      absent("quality", rule, figures);
      return;
    }
    present("quality", rule, figures);
    within("quality", rule + ".mrr", figures.mrr(), 0, 1);
    within("quality", rule + ".hitsAt1", figures.hitsAt1(), 0, 1);
    within("quality", rule + ".hitsAt10", figures.hitsAt10(), 0, 1);
    within("quality", rule + ".averagePrecision", figures.averagePrecision(), 0, 1);
  }

  static void check(QualityAlert a) {
    String record = "alert";
    present(record, "status", a.status());
    version(record, a.modelVersion());
    atLeast(record, "to", a.to(), a.from() + 1);
    atLeast(record, "ranked", a.ranked(), 1);
    within(record, "mrr", a.mrr(), 0, 1);
    within(record, "recencyMrr", a.recencyMrr(), 0, 1);
  }

  private static void id(String record, String field, String value) {
    require(value != null && !value.isEmpty(), record, field + " must not be empty", field, value);
  }

  private static void key(String record, String value) {
    try {
      Long.parseLong(value);
    } catch (NumberFormatException e) {
      require(false, record, "key must be a whole number of 64 bits", "key", value);
    }
  }

  private static void version(String record, String value) {
    present(record, "modelVersion", value);
    require(
        value.length() <= MAX_VERSION_LENGTH,
        record,
        "modelVersion must have at most " + MAX_VERSION_LENGTH + " characters",
        "length",
        value.length());
  }

  private static void present(String record, String field, Object value) {
    require(value != null, record, field + " must be there", field, null);
  }

  private static void absent(String record, String field, Object value) {
    require(value == null, record, field + " must be null without negatives", field, value);
  }

  private static void atLeast(String record, String field, long value, long min) {
    require(value >= min, record, field + " must be at least " + min, field, value);
  }

  /** False for NaN, too. */
  private static void within(String record, String field, double value, double min, double max) {
    require(
        value >= min && value <= max,
        record,
        field + " must lie in [" + min + ", " + max + "]",
        field,
        value);
  }

  private static void finite(String record, String field, double value) {
    require(Double.isFinite(value), record, field + " must be finite", field, value);
  }

  private static void require(
      boolean holds, String record, String rule, String field, Object value) {
    if (!holds) {
      throw new SerializationException(record + " refused, " + rule + ": " + field + "=" + value);
    }
  }
}
