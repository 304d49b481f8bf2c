package io.kith.deploy.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kith.deploy.console.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Counts interactions, shows how fast they go, and sums up. One thread at a time. */
final class ReplayProgress {
  private static final int SHOW_EVERY = 2048;
  private static final double NANOS = 1e9;

  private final Terminal terminal;
  private long begun;
  private long done;
  private double seconds;

  ReplayProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Time counts from now. */
  void begin() {
    begun = System.nanoTime();
  }

  /**
   * One more interaction is through.
   *
   * @throws IllegalStateException if the thread is interrupted
   */
  void step() {
    if (++done % SHOW_EVERY == 0) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("replay was stopped: interactions=" + done);
      }
      double perSecond = done / ((System.nanoTime() - begun) / NANOS);
      String line = "%,d interactions, %,.0f/s".formatted(done, perSecond);
      terminal.show(List.of(line), line);
    }
  }

  /** All interactions are through. */
  void end() {
    seconds = (System.nanoTime() - begun) / NANOS;
    terminal.erase();
  }

  /** Prints the figures, and writes them where {@code json} is not null. */
  void report(Engine engine, ReplayPlan plan, String modelVersion, Path json) throws IOException {
    terminal.print(
        "Replayed %,d interactions of %,d nodes in %.1f s (%,.0f/s)"
            .formatted(done, plan.edges().nodes().size(), seconds, done / seconds));
    if (json != null) {
      ObjectNode figures = new ObjectMapper().createObjectNode();
      figures.put("engine", engine.toString());
      figures.put("interactions", done);
      figures.put("nodes", plan.edges().nodes().size());
      figures.put("windowMs", plan.windowMs());
      figures.put("parallelism", plan.parallelism());
      figures.put("modelVersion", modelVersion);
      figures.put("seconds", seconds);
      figures.put("interactionsPerSecond", done / seconds);
      Files.writeString(json, figures.toPrettyString() + "\n");
    }
  }
}
