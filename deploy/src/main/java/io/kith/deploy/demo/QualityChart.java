package io.kith.deploy.demo;

import io.kith.streams.Quality;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Draws mean reciprocal rank over stream time, the model's beside the recency rule's, as SVG. */
final class QualityChart {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 420;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 70;
  private static final int BOTTOM = 50;

  /** Means over fewer predictions than this jump about and are left out. */
  private static final int LEAST_RANKED = 32;

  private static final String MODEL = "#1f6f54";
  private static final String RECENCY = "#c26a1b";
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMM uuuu", Locale.ROOT);

  private final List<Quality> windows;
  private final long firstUnseen;
  private final long from;
  private final long to;
  private final double least;

  /**
   * Takes the figures.
   *
   * @param windows by window of event time, oldest first
   * @param firstUnseen where the part begins that the model was not trained on, ms
   */
  QualityChart(List<Quality> windows, long firstUnseen) {
    this.windows = windows.stream().filter(w -> w.ranked() >= LEAST_RANKED).toList();
    this.firstUnseen = firstUnseen;
    this.from = this.windows.isEmpty() ? 0 : this.windows.get(0).windowStart();
    this.to = this.windows.isEmpty() ? 1 : this.windows.get(this.windows.size() - 1).windowEnd();
    double lowest =
        this.windows.stream()
            .mapToDouble(w -> Math.min(w.model().mrr(), w.recency().mrr()))
            .min()
            .orElse(0);
    this.least = Math.floor(lowest * 10) / 10;
  }

  /** The whole file. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="13" fill="#333">
        <rect width="100%%" height="100%%" fill="#fff"/>
        <text x="%d" y="28" font-size="17" font-weight="bold">Who writes to whom next? Mean reciprocal rank, week by week</text>
        """
            .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT));
    legend(svg);
    trainedPart(svg);
    axes(svg);
    line(svg, RECENCY, q -> q.recency().mrr());
    line(svg, MODEL, q -> q.model().mrr());
    return svg.append("</svg>\n").toString();
  }

  private static void legend(StringBuilder svg) {
    svg.append(
        """
        <circle cx="%d" cy="47" r="5" fill="%s"/><text x="%d" y="52">Kith</text>
        <circle cx="%d" cy="47" r="5" fill="%s"/><text x="%d" y="52">recency rule (newest time of the pair, else of the target)</text>
        """
            .formatted(LEFT + 5, MODEL, LEFT + 16, LEFT + 70, RECENCY, LEFT + 81));
  }

  private void trainedPart(StringBuilder svg) {
    double end = Math.min(x(firstUnseen), WIDTH - RIGHT);
    if (end <= LEFT) {
      return;
    }
    svg.append(
        """
        <rect x="%d" y="%d" width="%.1f" height="%d" fill="#f0f0ee"/>
        <text x="%d" y="%d" fill="#888">trained on this part</text>
        """
            .formatted(LEFT, TOP, end - LEFT, HEIGHT - TOP - BOTTOM, LEFT + 8, TOP + 18));
  }

  private void axes(StringBuilder svg) {
    for (int percent = (int) Math.round(least * 100); percent <= 100; percent += 10) {
      double y = y(percent / 100.0);
      svg.append(
          """
          <line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%d %%</text>
          """
              .formatted(LEFT, y, WIDTH - RIGHT, y, LEFT - 8, y + 4, percent));
    }
    LocalDate month =
        Instant.ofEpochMilli(from).atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    for (month = month.plusMonths(1); millis(month) < to; month = month.plusMonths(1)) {
      double x = x(millis(month));
      svg.append(
          """
          <line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#999"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>
          """
              .formatted(
                  x,
                  HEIGHT - BOTTOM,
                  x,
                  HEIGHT - BOTTOM + 5,
                  x,
                  HEIGHT - BOTTOM + 22,
                  MONTH.format(month)));
    }
  }

  private void line(StringBuilder svg, String colour, Function<Quality, Double> figure) {
    StringBuilder points = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (Quality w : windows) {
      double x = x((w.windowStart() + w.windowEnd()) / 2);
      double y = y(figure.apply(w));
      points.append("%.1f,%.1f ".formatted(x, y));
      dots.append(
          """
          <circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"><title>%.1f %% over %d predictions</title></circle>
          """
              .formatted(x, y, colour, 100 * figure.apply(w), w.ranked()));
    }
    svg.append(
        """
        <polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>
        """
            .formatted(points.toString().strip(), colour));
    svg.append(dots);
  }

  private static long millis(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private double x(long time) {
    return LEFT + (double) (time - from) / (to - from) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return TOP + (1 - value) / (1 - least) * (HEIGHT - TOP - BOTTOM);
  }
}
