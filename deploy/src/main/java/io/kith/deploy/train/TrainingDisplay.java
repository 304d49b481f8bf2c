package io.kith.deploy.train;

import io.kith.deploy.console.Style;
import io.kith.deploy.console.Terminal;
import io.kith.model.train.EpochReport;
import io.kith.model.train.TrainingListener;
import java.util.List;

/** Shows how training goes. */
final class TrainingDisplay implements TrainingListener {
  private static final double NANOS = 1e9;

  private final Terminal terminal;
  private int epoch;
  private long begun;
  private int before;

  TrainingDisplay(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void batch(int epoch, int done, int total, double loss) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("training was stopped: epoch=" + epoch);
    }
    if (epoch != this.epoch) {
      this.epoch = epoch;
      begun = System.nanoTime();
      before = done;
    }
    double perSecond = (done - before) / Math.max(1e-9, (System.nanoTime() - begun) / NANOS);
    String line =
        "epoch %d  %,d of %,d interactions  %,.0f/s  loss %.4f"
            .formatted(epoch, done, total, perSecond, loss);
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
