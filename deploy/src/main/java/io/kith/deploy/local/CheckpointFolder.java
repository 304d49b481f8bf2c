package io.kith.deploy.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of checkpoints, as people name it: a path on this machine, or a URI.
 *
 * @param uri as Flink wants it; it takes a percent sign as it stands, so blanks are not encoded
 */
public record CheckpointFolder(String uri) {
  private static final String LOCAL = "file:";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  /** What a flag or a settings file says. */
  public static CheckpointFolder of(String said) {
    return SCHEME.matcher(said).matches() ? new CheckpointFolder(said) : of(Path.of(said));
  }

  /** A folder of this machine. */
  public static CheckpointFolder of(Path folder) {
    return new CheckpointFolder(LOCAL + "//" + folder.toAbsolutePath());
  }

  /** The newest complete checkpoint or savepoint in it, where it is of this machine. */
  public Optional<CheckpointFolder> newest() throws IOException {
    if (!uri.startsWith(LOCAL)) {
      return Optional.empty();
    }
    Path folder = Path.of(uri.substring(LOCAL.length()).replaceFirst("^//", ""));
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.walk(folder, 3)) {
      return all.filter(file -> file.endsWith("_metadata"))
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
          .map(file -> of(file.getParent()));
    }
  }
}
