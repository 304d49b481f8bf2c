package io.kith.deploy;

import io.kith.deploy.console.Style;
import io.kith.deploy.console.Terminal;
import io.kith.model.train.EpochReport;
import io.kith.model.train.TrainingListener;
import java.util.List;

/** Shows how training goes. */
final class TrainingDisplay implements TrainingListener {
  private final Terminal terminal;

  TrainingDisplay(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void batch(int epoch, int done, int total, double loss) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("training was stopped: epoch=" + epoch);
    }
    String line =
        "epoch %d  %,d of %,d interactions  loss %.4f".formatted(epoch, done, total, loss);
    terminal.show(List.of(Style.bar((double) done / total, 30) + " " + line), line);
  }

  @Override
  public void epoch(EpochReport report, boolean best) {
    terminal.print(
        "epoch %d  loss %.4f  validation AP %.2f MRR %.2f  %,.0f interactions/s%s"
            .formatted(
                report.epoch(),
                report.loss(),
                100 * report.averagePrecision(),
                100 * report.meanReciprocalRank(),
                report.interactionsPerSecond(),
                best ? "  best so far" : ""));
  }
}
