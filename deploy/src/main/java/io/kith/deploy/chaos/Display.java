package io.kith.deploy.chaos;

import io.kith.deploy.console.Style;
import io.kith.deploy.console.Terminal;
import java.util.List;

/** What a person sees: events that stay, and a line that says how things stand. One thread. */
final class Display {
  private final Terminal terminal;
  private final long begun;
  private final int allKills;
  private final long interactions;
  private int kills;

  /**
   * @param begun {@link System#nanoTime}
   * @param allKills kills there will be
   * @param interactions of the stream
   */
  Display(Terminal terminal, long begun, int allKills, long interactions) {
    this.terminal = terminal;
    this.begun = begun;
    this.allKills = allKills;
    this.interactions = interactions;
  }

  /** Seconds since the begin. */
  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  /** Something has happened. */
  void event(String text) {
    terminal.print("%6.1f s  %s".formatted(seconds(), text));
  }

  /** Another of the kills, with its number. */
  void kill(String text) {
    kills++;
    event("%2d of %d: %s".formatted(kills, allKills, text));
  }

  /** Kills so far. */
  int kills() {
    return kills;
  }

  /** How things stand. */
  void show(long sent, Ledger ledger, long checkpoints) {
    String line =
        "%6.1f s  kills %d of %d, sent %,d of %,d, outputs %,d of %,d, repeats %,d, checkpoints %d"
            .formatted(
                seconds(),
                kills,
                allKills,
                Math.min(sent, interactions),
                interactions,
                ledger.arrived(),
                ledger.expected(),
                ledger.repeats(),
                checkpoints);
    double fraction = ledger.expected() == 0 ? 0 : (double) ledger.arrived() / ledger.expected();
    terminal.show(List.of(line, "          " + Style.bar(fraction, 40)), line);
  }
}
