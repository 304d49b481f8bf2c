package io.kith.deploy.edges;

import io.kith.model.Interaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The interactions of a file one after another, up to a number of them. A malformed line ends the
 * walk with an {@link UncheckedIOException} that names it. One thread.
 */
public final class Interactions implements Iterator<Interaction>, AutoCloseable {
  private final Path path;
  private final InteractionFile file;
  private long left;
  private Optional<Interaction> next;

  /**
   * Opens the file.
   *
   * @param limit interactions at most
   */
  public Interactions(Path path, long limit) throws IOException {
    this.path = path;
    this.file = InteractionFile.open(path);
    this.left = limit;
    this.next = read();
  }

  private Optional<Interaction> read() {
    try {
      return left-- > 0 ? file.next() : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedLineException e) {
      throw new UncheckedIOException(new IOException(e.getMessage() + ", file=" + path, e));
    }
  }

  @Override
  public boolean hasNext() {
    return next.isPresent();
  }

  @Override
  public Interaction next() {
    Interaction current = next.orElseThrow(NoSuchElementException::new);
    next = read();
    return current;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
