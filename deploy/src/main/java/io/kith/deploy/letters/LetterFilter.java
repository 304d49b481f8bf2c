package io.kith.deploy.letters;

import java.util.Locale;
import picocli.CommandLine.Option;

/** Flags that say which letters are meant; all that are given must hold. */
final class LetterFilter {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Only those whose reason contains this, in capitals or not.")
  String reason;

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description =
          "Only those refused by this: intake, signals or requests (the job), foreign (kith intake).")
  String stage;

  @Option(names = "--topic", paramLabel = "NAME", description = "Only those from this topic.")
  String topic;

  boolean wants(Letter letter) {
    return (reason == null || lower(letter.reason()).contains(lower(reason)))
        && (stage == null || letter.stage().equals(stage))
        && (topic == null || letter.topic().equals(topic));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
