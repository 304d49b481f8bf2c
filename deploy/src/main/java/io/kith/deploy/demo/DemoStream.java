package io.kith.deploy.demo;

import io.kith.deploy.edges.InteractionFile;
import io.kith.deploy.edges.MalformedLineException;
import io.kith.model.Interaction;
import io.kith.model.evaluate.Split;
import io.kith.model.evaluate.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the demo replays, and where the part begins that the bundled model has not been trained on.
 *
 * @param interactions by time
 * @param trained how many of the first ones are not counted, for the model may have seen them
 * @param shortened whether the end is missing; the bundled model then has seen most of the rest
 */
public record DemoStream(List<Interaction> interactions, int trained, boolean shortened) {
  /** CollegeMsg; the folder's README says where it comes from. */
  private static final String BUNDLED = "collegemsg.csv.gz";

  public DemoStream {
    interactions = List.copyOf(interactions);
  }

  /**
   * The bundled stream, or its beginning.
   *
   * @param work folder for a copy, as files are read from folders only
   * @param limit interactions to take
   */
  public static DemoStream bundled(Path work, int limit) throws IOException {
    Files.createDirectories(work);
    Path copy = work.resolve(BUNDLED);
    try (InputStream in = DemoStream.class.getResourceAsStream(BUNDLED)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    List<Interaction> all = new ArrayList<>();
    boolean shortened;
    try (InteractionFile file = InteractionFile.open(copy)) {
      Optional<Interaction> next = file.next();
      while (next.isPresent() && all.size() < limit) {
        all.add(next.get());
        next = file.next();
      }
      shortened = next.isPresent();
    } catch (MalformedLineException e) {
      throw new IOException("the bundled stream is damaged: " + e.getMessage(), e);
    }
    return new DemoStream(all, Split.of(Timeline.of(all)).train(), shortened);
  }

  int size() {
    return interactions.size();
  }

  /** Event time from which the figures count, ms. */
  long firstUnseen() {
    return interactions.get(trained).timestamp();
  }

  /** How many interactions have that time or a later one. */
  long unseen() {
    long from = firstUnseen();
    return interactions.stream().filter(i -> i.timestamp() >= from).count();
  }

  long first() {
    return interactions.get(0).timestamp();
  }

  long last() {
    return interactions.get(interactions.size() - 1).timestamp();
  }
}
