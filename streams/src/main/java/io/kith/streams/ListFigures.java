package io.kith.streams;

/**
 * How well the lists of next partners said what came, over the predictions of a {@link Quality}
 * whose source had one. A recall is the share of these whose target was among the first; null where
 * no list was to be so long.
 *
 * @param listed predictions whose source had a list
 * @param recallAt1 share whose target came first
 * @param recallAt5 share whose target was among the first 5
 * @param recallAt10 share whose target was among the first 10
 * @param recallAt20 share whose target was among the first 20
 */
public record ListFigures(
    long listed, double recallAt1, Double recallAt5, Double recallAt10, Double recallAt20) {}
