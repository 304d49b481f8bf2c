package io.kith.deploy.train;

import io.kith.deploy.CommandException;
import io.kith.deploy.edges.Recording;
import io.kith.model.Interaction;
import io.kith.model.evaluate.Split;
import io.kith.model.evaluate.Timeline;
import io.kith.model.train.AccuracyStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A file to learn from or to measure on, in memory.
 *
 * @param study of its interactions, by time and without self loops
 * @param features of each interaction
 * @param summary what the file holds, for people
 */
record Material(AccuracyStudy study, int features, String summary) {
  /** Fewer interactions leave one of the three parts empty. */
  private static final int LEAST = 10;

  /**
   * Reads a file.
   *
   * @throws CommandException where it holds too little, or features of several numbers
   */
  static Material read(Path file) throws IOException, CommandException {
    List<Interaction> all = Recording.read(file, Long.MAX_VALUE);
    AccuracyStudy study = new AccuracyStudy(all);
    Timeline timeline = study.timeline();
    if (timeline.size() < LEAST) {
      throw new CommandException(
          "too few interactions, self loops left out: file=%s, interactions=%d, least=%d"
              .formatted(file, timeline.size(), LEAST));
    }
    int features = timeline.interaction(0).features().length;
    for (int i = 0; i < timeline.size(); i++) {
      int found = timeline.interaction(i).features().length;
      if (found != features) {
        throw new CommandException(
            "interactions have features of several numbers: file=%s, timestamp=%d, features=%d, expected=%d"
                .formatted(file, timeline.time(i), found, features));
      }
    }
    return new Material(study, features, summary(file, study, all.size(), features));
  }

  private static String summary(Path file, AccuracyStudy study, int lines, int features) {
    Timeline timeline = study.timeline();
    Split split = study.split();
    return "%s: %,d interactions of %,d nodes, %d features, %s to %s; %,d self loops left out%n"
            .formatted(
                file.getFileName(),
                timeline.size(),
                timeline.nodes(),
                features,
                Instant.ofEpochMilli(timeline.time(0)),
                Instant.ofEpochMilli(timeline.time(timeline.size() - 1)),
                lines - timeline.size())
        + "By time: %,d to train on, %,d to validate on, %,d to test on"
            .formatted(
                split.train(),
                split.validation() - split.train(),
                timeline.size() - split.validation());
  }
}
