package io.kith.model.train;

import io.kith.model.Weights;
import java.util.List;

/**
 * What training gives.
 *
 * @param weights the averaged weights of the best epoch
 * @param best number of that epoch, from 1
 * @param epochs in order
 */
public record TrainingResult(Weights weights, int best, List<EpochReport> epochs) {}
