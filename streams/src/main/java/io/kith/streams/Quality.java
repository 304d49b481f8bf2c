package io.kith.streams;

/**
 * How good the predictions were, as it stands on the quality topic (JSON Schema: {@code
 * schema/quality.schema.json}). The figures from {@code meanNegatives} to {@code
 * recencyAveragePrecision} are over the ranked predictions, those with at least one negative, and
 * null where there are none.
 *
 * @param windowStart least event time of the window, ms; of a total the time it starts at, or null
 * @param windowEnd the window ends before this event time, ms; null in a total
 * @param firstTimestamp least event time counted, ms
 * @param lastTimestamp greatest event time counted, ms
 * @param predictions how many, repeats left out
 * @param repeats left out because they were identical to one counted shortly before
 * @param ranked predictions with at least one negative
 * @param meanNegatives of a ranked prediction: ranks among 5 and among 100 do not compare
 * @param mrr mean of 1 / rank by the model's score
 * @param recencyMrr mean of 1 / rank by the recency rule
 * @param hitsAt1 share with a rank of 1; a tie for the first place is none
 * @param hitsAt10 share with a rank of at most 10
 * @param averagePrecision of the model's score, over batches of 32, see {@link QualityTally}
 * @param recencyAveragePrecision of the recency rule
 * @param modelVersion which weights made the newest prediction by event time
 */
public record Quality(
    Long windowStart,
    Long windowEnd,
    long firstTimestamp,
    long lastTimestamp,
    long predictions,
    long repeats,
    long ranked,
    Double meanNegatives,
    Double mrr,
    Double recencyMrr,
    Double hitsAt1,
    Double hitsAt10,
    Double averagePrecision,
    Double recencyAveragePrecision,
    String modelVersion) {}
