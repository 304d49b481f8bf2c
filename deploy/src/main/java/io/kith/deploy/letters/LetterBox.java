package io.kith.deploy.letters;

import io.kith.deploy.CommandException;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.topics.TopicReader;
import io.kith.deploy.topics.Topics;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The dead-letter topic of a prefix. One thread. */
final class LetterBox {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Settings settings;
  private final String topic;

  /** Takes letters; says false when it wants no more. */
  @FunctionalInterface
  interface Taker {
    boolean take(Letter letter) throws IOException, CommandException, InterruptedException;
  }

  private LetterBox(Settings settings) {
    this.settings = settings;
    this.topic = settings.topic("dead-letter");
  }

  static LetterBox open(Settings settings) throws CommandException, InterruptedException {
    LetterBox box = new LetterBox(settings);
    try (Topics topics =
        new Topics(settings.get(KithOptions.BOOTSTRAP_SERVERS), settings.kafka())) {
      if (!topics.missing(List.of(box.topic)).isEmpty()) {
        throw new CommandException(
            "there is no such topic; check --prefix, or create it with 'kith topics': topic="
                + box.topic);
      }
    }
    return box;
  }

  String topic() {
    return topic;
  }

  /** Which letters have been sent in again. */
  Set<Place> replayed() {
    Set<Place> replayed = new HashSet<>();
    try (TopicReader reader = reader()) {
      while (!reader.isPastTheOld()) {
        reader.poll(STEP).forEach(record -> Letter.marked(record).ifPresent(replayed::add));
      }
    }
    return replayed;
  }

  /**
   * Hands over the letters, the oldest of a partition first.
   *
   * @param follow also those that come later, without an end
   */
  void read(boolean follow, Taker taker)
      throws IOException, CommandException, InterruptedException {
    try (TopicReader reader = reader()) {
      while (follow || !reader.isPastTheOld()) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(STEP)) {
          if (Letter.marked(record).isEmpty() && !taker.take(Letter.of(record))) {
            return;
          }
        }
        // A closed pipe, as of 'head', shows only here.
        if (System.out.checkError()) {
          return;
        }
      }
    }
  }

  private TopicReader reader() {
    return new TopicReader(
        settings.get(KithOptions.BOOTSTRAP_SERVERS), settings.kafka(), topic, true);
  }
}
