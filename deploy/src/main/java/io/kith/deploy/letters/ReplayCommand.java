package io.kith.deploy.letters;

import io.kith.deploy.CommandException;
import io.kith.deploy.SettingsUser;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsException;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends dead letters in again. */
@Command(
    name = "replay",
    description = {
      "Send dead letters to the topic that they came from, key, value and headers as they were unless repaired. Each once:"
          + " a mark on the dead-letter topic says which have been sent. Without --yes it only says what it would send.",
      "",
      "  kith dead-letter replay --bootstrap-servers broker:9092 --reason 'out of bounds' --timestamp-from seconds --yes",
      "  kith dead-letter show   --bootstrap-servers broker:9092 --out letters.jsonl",
      "  kith dead-letter replay --bootstrap-servers broker:9092 --in letters.jsonl --yes    # repaired by hand",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all sent, or shown",
      "1:some could not be sent; the rest was",
      "2:wrong settings"
    })
final class ReplayCommand implements Callable<Integer>, SettingsUser {
  /** Of a dry run. */
  private static final int SHOWN = 20;

  private static final int WIDTH = 120;

  @Spec CommandSpec spec;

  @Mixin LetterFilter filter;

  @Mixin TimestampRepair repair;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description =
          "Those of this file, as 'kith dead-letter show --out' writes it, with what it says of each.")
  Path in;

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      description = "To this topic. Default: each to the one that it came from.")
  String to;

  @Option(names = "--yes", description = "Send them.")
  boolean yes;

  private final Map<String, Long> sent = new TreeMap<>();
  private long left;

  @Override
  public Integer call()
      throws SettingsException, CommandException, IOException, InterruptedException {
    Settings settings = load(spec, KithOptions.BOOTSTRAP_SERVERS);
    LetterBox box = LetterBox.open(settings);
    String servers = settings.get(KithOptions.BOOTSTRAP_SERVERS);
    try (OriginReader origins = new OriginReader(servers, settings.kafka())) {
      if (yes) {
        // Before the marks are read: no other can set any from here on.
        try (Replayer replayer = new Replayer(servers, settings.kafka(), box.topic())) {
          each(box, letter -> replay(letter, origins, Optional.of(replayer)));
        }
      } else {
        each(box, letter -> replay(letter, origins, Optional.empty()));
      }
    }
    summarise();
    return left == 0 ? 0 : 1;
  }

  private void each(LetterBox box, LetterBox.Taker taker)
      throws IOException, InterruptedException, CommandException {
    Set<Place> done = box.replayed();
    LetterBox.Taker once =
        letter -> !filter.wants(letter) || !done.add(letter.place()) || taker.take(letter);
    if (in == null) {
      box.read(false, once);
      return;
    }
    List<String> lines = Files.readAllLines(in);
    for (int i = 0; i < lines.size(); i++) {
      Letter letter;
      try {
        letter = LetterJson.read(lines.get(i));
      } catch (IllegalArgumentException e) {
        throw new CommandException("%s, in=%s, line=%d".formatted(e.getMessage(), in, i + 1), e);
      }
      once.take(letter);
    }
  }

  private boolean replay(Letter letter, OriginReader origins, Optional<Replayer> replayer)
      throws CommandException, InterruptedException {
    String topic = to == null ? letter.topic() : to;
    try {
      if (topic.isEmpty()) {
        throw new IllegalArgumentException(
            "it does not say where it came from, use --to: letter=" + letter.place());
      }
      Letter ready =
          repair.isAsked() ? repair.repaired(whole(letter, origins)) : whole(letter, origins);
      Integer partition =
          to == null && !letter.origin().equals(Place.UNKNOWN) ? letter.origin().partition() : null;
      if (replayer.isPresent()) {
        replayer.get().send(ready, topic, partition);
      } else if (sent.values().stream().mapToLong(n -> n).sum() < SHOWN) {
        System.out.printf(
            "%-8s -> %s  %s%n", letter.place(), topic, Bytes.shown(ready.value(), WIDTH));
      }
      sent.merge(topic, 1L, Long::sum);
    } catch (IllegalArgumentException e) {
      System.out.println("Not sent: " + e.getMessage());
      left++;
    }
    return true;
  }

  private static Letter whole(Letter letter, OriginReader origins) {
    return letter.leftOut()
        ? origins
            .whole(letter)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "its record is no longer where it came from: letter=%s, topic=%s, origin=%s"
                            .formatted(letter.place(), letter.topic(), letter.origin())))
        : letter;
  }

  private void summarise() {
    sent.forEach(
        (topic, number) ->
            System.out.printf("%s %,d to %s%n", yes ? "Sent" : "Would send", number, topic));
    if (sent.isEmpty() && left == 0) {
      System.out.println("Nothing to send: no such letter that has not been sent in again");
    }
    if (left > 0) {
      System.out.printf("Not sent: %,d%n", left);
    }
    if (!yes && !sent.isEmpty()) {
      System.out.println("Nothing has been sent; say --yes to send");
    }
  }
}
