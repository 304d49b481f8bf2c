package io.kith.deploy.replay;

import io.kith.model.Weights;
import io.kith.operators.LocalReplay;
import io.kith.operators.ReplayFiles;
import io.kith.operators.Retention;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A replay by {@link LocalReplay}: scores are written as they come. */
final class DirectReplay {
  private DirectReplay() {}

  static void run(ReplayPlan plan, Weights weights, ReplayProgress progress) throws IOException {
    LocalReplay.Settings settings =
        new LocalReplay.Settings(
            plan.windowMs(),
            0,
            ReplayPlan.KEY_GROUPS,
            plan.parallelism(),
            Retention.ofAll(plan.nodes()));
    try (LocalReplay replay = new LocalReplay(weights, settings)) {
      progress.begin();
      writeScores(plan, replay, progress);
      progress.end();
      if (plan.pairScores() != null) {
        writePairScores(plan, replay);
      }
      if (plan.embeddings() != null) {
        try (Writer out = Files.newBufferedWriter(plan.embeddings())) {
          ReplayFiles.embeddings(out, weights.sizes(), replay, plan.edges().nodes());
        }
      }
      if (plan.records() != null) {
        try (Writer out = Files.newBufferedWriter(plan.records())) {
          ReplayFiles.records(out, weights.sizes(), replay, plan.edges().nodes());
        }
      }
    }
  }

  private static void writeScores(ReplayPlan plan, LocalReplay replay, ReplayProgress progress)
      throws IOException {
    boolean wanted = plan.scores() != null;
    try (Writer out = wanted ? Files.newBufferedWriter(plan.scores()) : Writer.nullWriter();
        Survey.Ordered edges = plan.edges().open()) {
      ReplayFiles.scoresHeader(out);
      replay.run(
          edges.interactions(),
          plan.pairs(),
          (interaction, prediction) -> {
            if (wanted) {
              ReplayFiles.score(out, interaction, prediction.score());
            }
            progress.step();
          });
    }
  }

  private static void writePairScores(ReplayPlan plan, LocalReplay replay) throws IOException {
    Path file = plan.pairScores();
    try (Writer out = Files.newBufferedWriter(file)) {
      ReplayFiles.scoresHeader(out);
      for (int i = 0; i < plan.pairs().size(); i++) {
        ReplayFiles.score(out, plan.pairs().get(i), replay.pairScores()[i]);
      }
    }
  }
}
