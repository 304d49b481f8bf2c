package io.kith.deploy.console;

/** The few colours in use. */
public final class Style {
  static final String RESET = "\u001b[0m";

  private Style() {}

  public static String bold(String text) {
    return "\u001b[1m" + text + RESET;
  }

  public static String dim(String text) {
    return "\u001b[2m" + text + RESET;
  }

  public static String green(String text) {
    return "\u001b[32m" + text + RESET;
  }

  /** The text without colours, for files and pipes. */
  static String plain(String text) {
    return text.replaceAll("\u001b\\[[0-9]*m", "");
  }

  /** A bar of the given number of columns, filled to the fraction. */
  public static String bar(double fraction, int columns) {
    int eighths = (int) Math.round(Math.min(1, Math.max(0, fraction)) * columns * 8);
    StringBuilder bar = new StringBuilder("\u2588".repeat(eighths / 8));
    if (eighths % 8 != 0) {
      bar.append((char) (0x2590 - eighths % 8));
    }
    return green(bar.toString()) + dim("\u2591".repeat(columns - bar.length()));
  }
}
