package io.kith.deploy.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.model.Candidates.Origin;
import io.kith.model.evaluate.Accuracy;
import io.kith.model.evaluate.LinkFigures;
import io.kith.model.evaluate.WhoNext;
import io.kith.model.evaluate.WhoNextFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of accuracy by setting, as a table for people and as JSON for programs. */
final class Figures {
  private final Map<String, Object> json = new LinkedHashMap<>();
  private final StringBuilder table = new StringBuilder();

  /** Notes how the figures were taken. */
  void note(String name, Object value) {
    json.put(name, value);
  }

  /** Adds a table of all figures. */
  void add(String setting, Accuracy accuracy) {
    json.put(setting, accuracy);
    table.append(
        "%-16s AP of 32      AP     AUC   MRR random   MRR historical%n".formatted(setting));
    row("Kith", accuracy.model());
    row("recency rule", accuracy.recencyRule());
    row("EdgeBank", accuracy.edgeBank());
  }

  private void row(String name, LinkFigures f) {
    table.append(
        "  %-14s  %7.2f %7.2f %7.2f      %7.2f          %7.2f%n"
            .formatted(
                name,
                100 * f.apOfBatches(),
                100 * f.ap(),
                100 * f.auc(),
                100 * f.mrrRandom(),
                100 * f.mrrHistorical()));
  }

  /** Adds a table of ranks among all targets. */
  void add(String setting, AllTargets ranks) {
    json.put(setting, ranks);
    table.append("%-16s MRR among all targets%n".formatted(setting));
    row("Kith", ranks.model());
    row("recency rule", ranks.recencyRule());
    row("EdgeBank", ranks.edgeBank());
  }

  private void row(String name, double meanReciprocalRank) {
    table.append("  %-14s  %7.2f%n".formatted(name, 100 * meanReciprocalRank));
  }

  /** Adds a table of lists of next partners. */
  void add(String setting, WhoNext lists) {
    json.put(setting, lists);
    table.append("%-16s ".formatted(setting));
    for (int k : WhoNextFigures.DEPTHS) {
      table.append(" Recall@%-2d".formatted(k));
    }
    table.append("      MRR%n".formatted());
    row("Kith", lists.model());
    row("last partners", lists.recency());
    row("most frequent", lists.popularity());
    row("EdgeBank", lists.edgeBank());
    table.append(
        "%-16s  again %.2f, friends of friends %.2f, popular %.2f; %.1f candidates a source%n"
            .formatted(
                "candidates hold",
                100 * lists.candidates().get(Origin.AGAIN),
                100 * lists.candidates().get(Origin.FRIENDS_OF_FRIENDS),
                100 * lists.candidates().get(Origin.POPULAR),
                lists.candidatesOfEach()));
  }

  private void row(String name, WhoNextFigures f) {
    table.append("  %-14s ".formatted(name));
    for (double recall : f.recall()) {
      table.append(" %9.2f".formatted(100 * recall));
    }
    table.append(" %8.2f%n".formatted(100 * f.mrr()));
  }

  /** The tables, in percent. */
  String table() {
    return table.toString();
  }

  /** Writes the figures, in [0, 1]. */
  void write(Path file) throws IOException {
    Files.writeString(
        file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }
}
