package io.kith.streams;

/**
 * How good the predictions were, as it stands on the quality topic (JSON Schema: {@code
 * schema/quality.schema.json}). {@code meanNegatives} and the figures of the three rules are over
 * the ranked predictions, those with at least one negative, and null where there are none.
 *
 * @param windowStart least event time of the window, ms; of a total the time it starts at, or null
 * @param windowEnd the window ends before this event time, ms; null in a total
 * @param firstTimestamp least event time counted, ms
 * @param lastTimestamp greatest event time counted, ms
 * @param predictions how many, repeats left out
 * @param repeats left out because they were identical to one counted shortly before
 * @param ranked predictions with at least one negative
 * @param meanNegatives of a ranked prediction: ranks among 5 and among 100 do not compare
 * @param model figures of the model's score
 * @param recency figures of the recency rule: newest time of the pair, else of the target
 * @param edgeBank figures of EdgeBank: whether the two have met
 * @param whoNext figures of the lists of next partners; null where no source had one
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
    RankFigures model,
    RankFigures recency,
    RankFigures edgeBank,
    ListFigures whoNext,
    String modelVersion) {}
