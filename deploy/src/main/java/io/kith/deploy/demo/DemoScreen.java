package io.kith.deploy.demo;

import io.kith.deploy.console.Style;
import io.kith.deploy.console.Terminal;
import io.kith.streams.Quality;
import io.kith.streams.RankFigures;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The demo while it runs: a block of lines on a terminal, one line now and then elsewhere. */
final class DemoScreen {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Terminal terminal;
  private final DemoStream stream;
  private final long windowMillis;

  DemoScreen(Terminal terminal, DemoStream stream, long windowMillis) {
    this.terminal = terminal;
    this.stream = stream;
    this.windowMillis = windowMillis;
  }

  /** Shows how things stand. */
  void show(Progress progress, long newestSent, long now) {
    double fraction = (double) progress.predictions() / stream.size();
    List<String> block = new ArrayList<>();
    block.add("");
    block.add(
        "  %s %3.0f %%  %,d of %,d interactions"
            .formatted(
                Style.bar(fraction, Math.min(40, terminal.columns() / 3)),
                100 * fraction,
                progress.predictions(),
                stream.size()));
    String lag = lag(progress, newestSent);
    block.add(
        "  %,.0f interactions/s   window lag %s   stream time %s   %.0f s"
            .formatted(progress.rate(now), lag, day(progress.newest()), progress.seconds(now)));
    block.add("");
    block.addAll(figures(progress));
    terminal.show(
        block,
        "%3.0f %%  %,d interactions, %,.0f/s, window lag %s, stream time %s; %s"
            .formatted(
                100 * fraction,
                progress.predictions(),
                progress.rate(now),
                lag,
                day(progress.newest()),
                inOneLine(progress)));
  }

  /** How far predictions are behind what has been sent, in windows of the job. */
  private String lag(Progress progress, long newestSent) {
    if (progress.predictions() == 0 || newestSent == Long.MIN_VALUE) {
      return "-";
    }
    long sentWindow = windowMillis == 0 ? newestSent : Math.floorDiv(newestSent, windowMillis);
    long behind = Math.max(0, sentWindow - progress.newestWindow());
    return "%,d (%s of stream time)".formatted(behind, span(newestSent - progress.newest()));
  }

  private static String span(long ms) {
    double minutes = Math.max(0, ms) / 60_000.0;
    if (minutes < 120) {
      return "%.0f min".formatted(minutes);
    }
    return minutes < 2880 ? "%.1f h".formatted(minutes / 60) : "%.1f d".formatted(minutes / 1440);
  }

  private static String day(long time) {
    return time == Long.MIN_VALUE ? "-" : DAY.format(Instant.ofEpochMilli(time));
  }

  /** The table of figures, or why there is none yet. */
  List<String> figures(Progress progress) {
    if (progress.total().isEmpty()) {
      return List.of(
          "  Warming up: the bundled model was trained on the first 70 %, so figures count from "
              + day(stream.firstUnseen())
              + ".",
          "",
          "",
          "");
    }
    Quality q = progress.total().get();
    return List.of(
        "  %s     Kith   recency rule   EdgeBank"
            .formatted(
                stream.shortened()
                    ? "The model may have seen these "
                    : "On what the model has not seen"),
        row("average precision   ", q, RankFigures::averagePrecision),
        row("mean reciprocal rank", q, RankFigures::mrr),
        Style.dim(
            "  over %,d predictions, each among %.0f other targets on average"
                .formatted(q.ranked(), q.meanNegatives() == null ? 0 : q.meanNegatives())));
  }

  private static String row(String name, Quality q, ToDoubleFunction<RankFigures> figure) {
    return "  %s          %s         %s     %s"
        .formatted(
            name,
            Style.bold(percent(q.model(), figure)),
            percent(q.recency(), figure),
            percent(q.edgeBank(), figure));
  }

  private static String inOneLine(Progress progress) {
    return progress
        .total()
        .map(
            q ->
                "AP %s (recency rule %s), MRR %s (recency rule %s)"
                    .formatted(
                        percent(q.model(), RankFigures::averagePrecision).strip(),
                        percent(q.recency(), RankFigures::averagePrecision).strip(),
                        percent(q.model(), RankFigures::mrr).strip(),
                        percent(q.recency(), RankFigures::mrr).strip()))
        .orElse("warming up on the part that the model was trained on");
  }

  private static String percent(RankFigures figures, ToDoubleFunction<RankFigures> figure) {
    return figures == null ? "     -" : "%6.1f".formatted(100 * figure.applyAsDouble(figures));
  }
}
