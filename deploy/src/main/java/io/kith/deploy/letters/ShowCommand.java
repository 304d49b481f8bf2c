package io.kith.deploy.letters;

import io.kith.deploy.CommandException;
import io.kith.deploy.SettingsUser;
import io.kith.deploy.settings.SettingsException;
import io.kith.operators.KithOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows dead letters. */
@Command(
    name = "show",
    description = {
      "Show what was refused, why, and where it came from; then how many for each reason. Those that have been sent in"
          + " again are left out.",
      "",
      "  kith dead-letter show --bootstrap-servers broker:9092 --reason timestamp --limit 10",
      "  kith dead-letter show --bootstrap-servers broker:9092 --out letters.jsonl   # to repair",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ShowCommand implements Callable<Integer>, SettingsUser {
  private static final int SHOWN = 300;

  @Spec CommandSpec spec;

  @Mixin LetterFilter filter;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Show so many; all are counted. Default: ${DEFAULT-VALUE}.")
  long limit;

  @Option(names = "--counts", description = "Show only how many there are for each reason.")
  boolean counts;

  @Option(names = "--all", description = "Also those that have been sent in again.")
  boolean all;

  @Option(names = "--json", description = "A line of JSON each, and no counts.")
  boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write all of them to this file, a line of JSON each; 'kith dead-letter replay --in' reads it.")
  Path out;

  @Option(
      names = "--follow",
      description = "Go on with those that come later, until Ctrl-C or --limit.")
  boolean follow;

  private final Map<String, Long> byKind = new TreeMap<>();
  private long matching;

  @Override
  public Integer call()
      throws SettingsException, CommandException, IOException, InterruptedException {
    LetterBox box = LetterBox.open(load(spec, KithOptions.BOOTSTRAP_SERVERS));
    Set<Place> replayed = all ? Set.of() : box.replayed();
    if (out == null) {
      box.read(follow, letter -> take(letter, replayed, null));
    } else {
      try (BufferedWriter writer = Files.newBufferedWriter(out)) {
        box.read(follow, letter -> take(letter, replayed, writer));
      }
    }
    if (!json) {
      summarise(box.topic());
    }
    return 0;
  }

  private boolean take(Letter letter, Set<Place> replayed, Writer file) throws IOException {
    if (!filter.wants(letter) || replayed.contains(letter.place())) {
      return true;
    }
    matching++;
    byKind.merge(letter.kind(), 1L, Long::sum);
    if (file != null) {
      file.write(LetterJson.write(letter) + "\n");
    } else if (!counts && matching <= limit) {
      System.out.println(json ? LetterJson.write(letter) : text(letter));
    }
    return !(json || follow) || matching < limit;
  }

  private static String text(Letter letter) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-8s %s  %s  from %s %s%n"
            .formatted(
                letter.place(),
                Instant.ofEpochMilli(letter.timestamp()),
                letter.stage(),
                letter.topic(),
                letter.origin()));
    text.append("         %s%n".formatted(Bytes.shown(utf8(letter.reason()), SHOWN)));
    letter
        .headers()
        .forEach(
            header ->
                text.append(
                    "         header %s: %s%n"
                        .formatted(
                            Bytes.shown(utf8(header.key()), SHOWN),
                            Bytes.shown(header.value(), SHOWN))));
    if (letter.leftOut()) {
      return text.append("         too large for this topic, it stands at its origin").toString();
    }
    return text.append("         key: %s%n".formatted(Bytes.shown(letter.key(), SHOWN)))
        .append("         %s".formatted(Bytes.shown(letter.value(), SHOWN)))
        .toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void summarise(String topic) {
    System.out.printf("%n%,d dead letter%s on %s%n", matching, matching == 1 ? "" : "s", topic);
    byKind.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(kind -> System.out.printf("%,10d  %s%n", kind.getValue(), kind.getKey()));
    if (out != null) {
      System.out.println("Written to " + out);
    }
  }
}
