package io.kith.model.train;

import io.kith.model.ModelSizes;
import java.util.ArrayList;
import java.util.List;

/**
 * How a model is trained.
 *
 * @param sizes of the model
 * @param seed of the first weights and of the targets that are drawn
 * @param epochs at most
 * @param learningRate of Adam
 * @param batch interactions a step, all read from the same records
 * @param patience epochs without a better validation before training stops
 */
public record TrainingSettings(
    ModelSizes sizes, long seed, int epochs, double learningRate, int batch, int patience) {

  /** What the figures of Kith are made with. */
  public static TrainingSettings of(long seed) {
    return new TrainingSettings(ModelSizes.DEFAULT, seed, 5, 2e-3, 100, 2);
  }

  /**
   * @throws IllegalArgumentException naming every setting that is out of bounds
   */
  public TrainingSettings {
    List<String> faults = new ArrayList<>();
    if (epochs < 1) {
      faults.add("too few epochs: epochs=" + epochs + ", least=1");
    }
    if (!(learningRate > 0 && learningRate <= 1)) {
      faults.add("learning rate not in (0, 1]: learning-rate=" + learningRate);
    }
    if (batch < 1) {
      faults.add("batch too small: batch=" + batch + ", least=1");
    }
    if (patience < 1) {
      faults.add("patience too short: patience=" + patience + ", least=1");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("training: " + String.join("; ", faults));
    }
  }
}
