package io.kith.model;

/**
 * What the model said of an interaction before it learned it, as it stands on the predictions topic
 * (JSON Schema: {@code streams/src/main/resources/schema/prediction.schema.json}).
 *
 * @param timestamp event time of the interaction, ms
 * @param score probability in [0, 1] that the interaction happens, from the records before its
 *     window
 * @param window number of the event-time window; with W = 0 the time itself
 * @param modelVersion which weights made the score
 * @param sharedNeighbours direct partners of both ends that either N-cache still holds
 * @param negatives how many other targets the true one was ranked among; may be 0
 * @param rank place of the true target among the negatives by score, 1 is best; a tie counts as
 *     half, so ranks may end in .5
 * @param recencyRank the same by the recency rule: newest time of the pair, else of the target
 * @param recencyScore what the recency rule says of the true target; larger is better
 * @param negativeScore {@code score} of the first negative; null where there is none
 * @param negativeRecencyScore {@code recencyScore} of the first negative; null where there is none
 */
public record Prediction(
    String source,
    String target,
    long timestamp,
    float score,
    long window,
    String modelVersion,
    int sharedNeighbours,
    int negatives,
    double rank,
    double recencyRank,
    double recencyScore,
    Float negativeScore,
    Double negativeRecencyScore) {}
