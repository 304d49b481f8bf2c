package io.kith.deploy.console;

import java.io.PrintStream;
import java.util.List;

/**
 * Where progress is shown: a block of lines redrawn in place on a terminal, a plain line now and
 * then anywhere else. One thread at a time.
 */
public final class Terminal {
  /** Set by the kith script: which streams are terminals, and how wide. */
  private static final String STDOUT = "kith.stdout.tty";

  private static final String STDERR = "kith.stderr.tty";
  private static final String COLUMNS = "kith.columns";

  private static final long PLAIN_INTERVAL_NANOS = 5_000_000_000L;
  private static final String UP_AND_CLEAR = "\u001b[%dF\u001b[0J";

  private final PrintStream out;
  private final boolean inPlace;
  private final int width;
  private int drawn;
  private String lastLine = "";
  private long lastPlain;

  Terminal(PrintStream out, boolean inPlace, int width) {
    this.out = out;
    this.inPlace = inPlace;
    this.width = width;
    this.lastPlain = System.nanoTime() - PLAIN_INTERVAL_NANOS;
  }

  /** Standard output, for commands whose display is their result. */
  public static Terminal stdout() {
    return new Terminal(System.out, Boolean.getBoolean(STDOUT), width());
  }

  /** Standard error, for progress beside data on standard output. */
  public static Terminal stderr() {
    return new Terminal(System.err, Boolean.getBoolean(STDERR), width());
  }

  private static int width() {
    return Math.max(40, Integer.getInteger(COLUMNS, 100));
  }

  /** True where lines are redrawn in place. */
  public boolean inPlace() {
    return inPlace;
  }

  /** Columns, at least 40. */
  public int columns() {
    return width;
  }

  /** Prints lines that stay. */
  public void print(String text) {
    erase();
    out.println(inPlace ? text : Style.plain(text));
    out.flush();
  }

  /**
   * Shows how things stand.
   *
   * @param block for a terminal: replaces the block before
   * @param plain for anything else: printed if it is a new one and the last was five seconds ago
   */
  public void show(List<String> block, String plain) {
    if (inPlace) {
      StringBuilder text = new StringBuilder();
      if (drawn > 0) {
        text.append(UP_AND_CLEAR.formatted(drawn));
      }
      for (String line : block) {
        text.append(Width.cut(line, width - 1)).append('\n');
      }
      drawn = block.size();
      out.print(text);
      out.flush();
    } else if (!plain.equals(lastLine) && System.nanoTime() - lastPlain >= PLAIN_INTERVAL_NANOS) {
      lastLine = plain;
      lastPlain = System.nanoTime();
      out.println(plain);
      out.flush();
    }
  }

  /** Takes the block away. */
  public void erase() {
    if (drawn > 0) {
      out.printf(UP_AND_CLEAR, drawn);
      out.flush();
      drawn = 0;
    }
  }

  /** Leaves the block where it is; what follows comes below. */
  public void settle() {
    drawn = 0;
  }
}
