package io.kith.streams;

/**
 * How well a rule ranks, over the ranked predictions of a {@link Quality}.
 *
 * @param mrr mean of 1 / rank
 * @param hitsAt1 share with a rank of 1; a tie for the first place is none
 * @param hitsAt10 share with a rank of at most 10
 * @param averagePrecision over batches of 32, see {@link QualityTally}
 */
public record RankFigures(double mrr, double hitsAt1, double hitsAt10, double averagePrecision) {}
