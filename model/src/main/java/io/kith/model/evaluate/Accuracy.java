package io.kith.model.evaluate;

import java.util.List;

/**
 * The model's figures beside those of the two rules that need no training, on the same interactions
 * and negatives.
 */
public record Accuracy(LinkFigures model, LinkFigures edgeBank, LinkFigures recencyRule) {

  /** The mean of each figure. */
  public static Accuracy mean(List<Accuracy> runs) {
    return new Accuracy(
        LinkFigures.mean(runs.stream().map(Accuracy::model).toList()),
        LinkFigures.mean(runs.stream().map(Accuracy::edgeBank).toList()),
        LinkFigures.mean(runs.stream().map(Accuracy::recencyRule).toList()));
  }
}
