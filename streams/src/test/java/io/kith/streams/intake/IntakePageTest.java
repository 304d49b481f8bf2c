package io.kith.streams.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example of {@code docs/intake.md}: the event, read by the command below it, is an edge. */
class IntakePageTest {
  private static final Path PAGE = Path.of("..", "docs", "intake.md");
  private static final String COMMAND = "./kith intake ";
  private static final String EDGE = "{\"source\":\"7\",\"target\":\"%s\",\"timestamp\":%d%s}";

  /** Those of a broker, which the driver does without. */
  private static final List<String> OF_BROKER = List.of("--bootstrap-servers", "--topics");

  private record Example(String event, List<String> flags) {}

  @TempDir private Path folder;

  @Test
  void eachEventBecomesAnEdgeByTheCommandBelowIt() throws IOException {
    List<String> edges = new ArrayList<>();
    List<Example> examples = examples();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      String[] flags = example.flags().toArray(String[]::new);
      try (IntakeDriver intake =
          new IntakeDriver(folder.resolve("" + i), IntakeDriver.MOST_BYTES, flags)) {
        Map<String, String> headers =
            example.flags().contains("cloudevents")
                ? Map.of("content-type", "application/cloudevents+json")
                : Map.of();
        intake.send("in", null, example.event().getBytes(UTF_8), headers);
        assertThat(intake.letters()).as(example.toString()).isEmpty();
        edges.addAll(intake.edges());
      }
    }

    assertThat(edges)
        .containsExactly(
            EDGE.formatted("s1", 1_700_000_000_000L, ",\"features\":[9.5]"),
            EDGE.formatted("9", 1_700_000_000_000L, ""),
            EDGE.formatted("s1", 1_711_972_800_000L, ""),
            EDGE.formatted("s1", 1_700_000_000_000L, ",\"features\":[9.5]"));
  }

  /** An indented line, an empty one, and an indented command that may go on over some lines. */
  private static List<Example> examples() throws IOException {
    List<String> lines = Files.readString(PAGE).replace("\\\n", " ").lines().toList();
    List<Example> examples = new ArrayList<>();
    for (int i = 2; i < lines.size(); i++) {
      String event = lines.get(i - 2);
      String command = lines.get(i).strip();
      if (command.startsWith(COMMAND) && lines.get(i - 1).isEmpty() && event.startsWith("    ")) {
        examples.add(new Example(event.strip(), flags(command.substring(COMMAND.length()))));
      }
    }
    return examples;
  }

  private static List<String> flags(String command) {
    List<String> words = new ArrayList<>(Arrays.asList(command.strip().split("\\s+")));
    for (String flag : OF_BROKER) {
      int at = words.indexOf(flag);
      words.subList(at, at + 2).clear();
    }
    return words;
  }
}
