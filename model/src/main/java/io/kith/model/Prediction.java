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
 * @param edgeBankRank the same by EdgeBank, which knows only whether two have met; so it ties with
 *     every negative that the source has met, or with every one that it has not
 * @param recencyScore what the recency rule says of the true target; larger is better
 * @param met whether source and target have met, as far as their N-caches remember: what EdgeBank
 *     says of the true target
 * @param negativeScore {@code score} of the first negative; null where there is none
 * @param negativeRecencyScore {@code recencyScore} of the first negative; null where there is none
 * @param negativeMet {@code met} of the first negative; null where there is none
 * @param explanation the joint neighbourhood that was scored; null but for a share of predictions
 * @param lastList the list of next partners that the source had; null where it had none, or where
 *     none are made
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
    double edgeBankRank,
    double recencyScore,
    boolean met,
    Float negativeScore,
    Double negativeRecencyScore,
    Boolean negativeMet,
    Explanation explanation,
    LastList lastList) {}
