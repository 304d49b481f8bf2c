package io.kith.deploy.train;

import io.kith.model.ModelSizes;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The flags for a model's sizes, by the letters of MODEL.md and of the weights file. */
final class SizeOptions {
  private static final ModelSizes USUAL = ModelSizes.DEFAULT;
  private static final String NONE = "none";

  @Option(
      names = "--D",
      paramLabel = "N",
      description = "Length of a node's self representation. Default: ${DEFAULT-VALUE}.")
  int self = USUAL.self();

  @Option(
      names = "--F",
      paramLabel = "N",
      description = "Length of a neighbour's representation. Default: ${DEFAULT-VALUE}.")
  int neighbour = USUAL.neighbour();

  @Option(
      names = "--T",
      paramLabel = "N",
      description = "Number of time features. Default: ${DEFAULT-VALUE}.")
  int time = USUAL.time();

  @Option(
      names = "--M1",
      paramLabel = "N",
      description = "Slots for partners. Default: ${DEFAULT-VALUE}.")
  int hop1 = USUAL.hop1();

  @Option(
      names = "--M2",
      paramLabel = "N",
      description = "Slots for partners' partners. Default: ${DEFAULT-VALUE}.")
  int hop2 = USUAL.hop2();

  @Option(
      names = "--B",
      paramLabel = "N",
      description = "Slots in which a key may lie. Default: ${DEFAULT-VALUE}.")
  int bucket = USUAL.bucket();

  @Option(
      names = "--H",
      paramLabel = "N",
      description = "Hidden units of the scorer. Default: ${DEFAULT-VALUE}.")
  int hidden = USUAL.hidden();

  @Option(
      names = "--E",
      paramLabel = "N",
      description = "Length of an embedding's sketch. Default: ${DEFAULT-VALUE}.")
  int sketch = USUAL.sketch();

  @Option(
      names = "--act",
      paramLabel = "MS,MS...",
      description =
          "Decay scales of a node's activity, ms, or '" + NONE + "'. Default: ${DEFAULT-VALUE}.")
  String activityScales = text(USUAL.activityScales());

  @Option(
      names = "--pact",
      paramLabel = "MS,MS...",
      description =
          "Decay scales of a pair's count, ms, or '" + NONE + "'. Default: ${DEFAULT-VALUE}.")
  String pairScales = text(USUAL.pairScales());

  /**
   * The sizes asked for.
   *
   * @param features of an interaction, as the file has them
   * @throws IllegalArgumentException naming what is out of bounds
   */
  ModelSizes sizes(int features) {
    return new ModelSizes(
        self,
        neighbour,
        features,
        time,
        hop1,
        hop2,
        bucket,
        hidden,
        sketch,
        scales("act", activityScales),
        scales("pact", pairScales));
  }

  private static String text(List<Long> scales) {
    return scales.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static List<Long> scales(String name, String text) {
    if (text.equals(NONE)) {
      return List.of();
    }
    try {
      return Stream.of(text.split(",", -1)).map(scale -> Long.valueOf(scale.strip())).toList();
    } catch (NumberFormatException e) {
      // Its message adds nothing, and the innermost one is what people are shown.
      throw new IllegalArgumentException(
          "scales are whole numbers of ms with commas between, or '%s': %s=%s"
              .formatted(NONE, name, text));
    }
  }
}
