package io.kith.deploy.train;

import io.kith.deploy.console.Terminal;
import io.kith.model.Weights;
import io.kith.model.evaluate.Accuracy;
import io.kith.model.evaluate.Batching;
import io.kith.model.evaluate.UnseenNodes;
import io.kith.model.evaluate.WhoNext;
import io.kith.model.train.AccuracyStudy;
import java.util.ArrayList;
import java.util.List;

/** Trains and tests once a seed, and takes the means. One thread. */
final class Trials {
  private final AccuracyStudy study;
  private final int features;
  private final TrainingOptions training;
  private final Batching batching;
  private final long[] seeds;
  private final Weights given;
  private final Terminal terminal;

  /**
   * @param given weights to test instead of trained ones, or null
   */
  Trials(
      Material material,
      TrainingOptions training,
      Batching batching,
      long[] seeds,
      Weights given,
      Terminal terminal) {
    this.study = material.study();
    this.features = material.features();
    this.training = training;
    this.batching = batching;
    this.seeds = seeds.clone();
    this.given = given;
    this.terminal = terminal;
  }

  /** Trained on all nodes, tested on all interactions. */
  Accuracy transductive() {
    List<Accuracy> runs = new ArrayList<>();
    for (long seed : seeds) {
      Weights weights = weights(seed);
      terminal.print("Testing: seed=" + seed);
      runs.add(study.test(weights, batching, seed));
    }
    return Accuracy.mean(runs);
  }

  /** Trained without a tenth of the nodes, tested on the interactions that touch them. */
  Accuracy inductive() {
    List<Accuracy> runs = new ArrayList<>();
    for (long seed : seeds) {
      UnseenNodes unseen = study.unseenNodes(seed);
      terminal.print("Training without a tenth of the nodes: seed=" + seed);
      Weights weights =
          study
              .train(unseen, training.settings(features, seed), new TrainingDisplay(terminal))
              .weights();
      terminal.print("Testing on what touches them: seed=" + seed);
      runs.add(study.test(weights, unseen, batching, seed));
    }
    return Accuracy.mean(runs);
  }

  /** Ranks among all targets; no chance is in them, so given weights are tested once. */
  AllTargets allTargets(int every) {
    List<AllTargets> runs = new ArrayList<>();
    for (long seed : seeds) {
      if (runs.isEmpty() || given == null) {
        Weights weights = weights(seed);
        terminal.print("Ranking among all targets: seed=" + seed);
        runs.add(AllTargets.test(study, weights, batching, every));
      }
    }
    return AllTargets.mean(runs);
  }

  /** How well next partners are listed; no chance is in it, so given weights are tested once. */
  WhoNext whoNext() {
    List<WhoNext> runs = new ArrayList<>();
    for (long seed : seeds) {
      if (runs.isEmpty() || given == null) {
        Weights weights = weights(seed);
        terminal.print("Listing next partners: seed=" + seed);
        runs.add(study.whoNext(weights, batching));
      }
    }
    return WhoNext.mean(runs);
  }

  private Weights weights(long seed) {
    if (given != null) {
      return given;
    }
    terminal.print("Training: seed=" + seed);
    return study.train(training.settings(features, seed), new TrainingDisplay(terminal)).weights();
  }
}
