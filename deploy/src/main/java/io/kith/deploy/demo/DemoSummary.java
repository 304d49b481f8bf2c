package io.kith.deploy.demo;

import io.kith.deploy.console.Style;
import io.kith.deploy.console.Terminal;
import io.kith.deploy.local.LocalStack;
import io.kith.deploy.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the demo says at its end. */
final class DemoSummary {
  private final Terminal terminal;
  private final LocalStack stack;
  private final DemoStream stream;

  DemoSummary(Terminal terminal, LocalStack stack, DemoStream stream) {
    this.terminal = terminal;
    this.stack = stack;
    this.stream = stream;
  }

  /** Prints it, and draws the picture into a folder. */
  void print(Progress progress, Path work) throws IOException, InterruptedException {
    terminal.print("");
    terminal.print(
        "Done: %,d predictions in %.0f s, the first %.1f s after the start."
            .formatted(
                progress.predictions(),
                progress.seconds(System.nanoTime()),
                progress.secondsToFirst().orElseThrow()));
    terminal.print("");
    new DemoScreen(terminal, stream, 0).figures(progress).forEach(terminal::print);
    terminal.print("");
    terminal.print("  Some of what it said before it happened:");
    progress.highlights().sentences().forEach(line -> terminal.print("    " + line));
    terminal.print("");
    topics();
    Path picture = work.resolve("quality.svg");
    Files.writeString(picture, new QualityChart(progress.windows(), stream.firstUnseen()).svg());
    terminal.print("  Accuracy over time, drawn: " + picture);
    terminal.print("");
  }

  private void topics() throws InterruptedException {
    terminal.print("  Topics at " + stack.bootstrapServers() + ", with their records:");
    Map<String, Long> counts;
    try (Topics topics = new Topics(stack.bootstrapServers(), Map.of())) {
      counts = new TreeMap<>(topics.records(stack.settings().topic("")));
    }
    counts.forEach((name, records) -> terminal.print("    %-18s %,9d".formatted(name, records)));
    terminal.print(
        Style.dim(
            "    To look at them: ./kith demo --keep --kafka-port 9092, then in another terminal\n"
                + "    ./kith consume predictions --from-beginning --limit 20 --bootstrap-servers localhost:9092"));
  }
}
