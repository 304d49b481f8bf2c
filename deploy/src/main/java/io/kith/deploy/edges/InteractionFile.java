package io.kith.deploy.edges;

import io.kith.model.Interaction;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A file of interactions: CSV under a header or JSON lines, either gzipped or not; which, is told
 * by the first bytes. Not for several threads.
 */
public final class InteractionFile implements AutoCloseable {
  private static final int GZIP_MAGIC = 0x1f8b;

  private final SeekableByteChannel bytes;
  private final BufferedReader lines;
  private final LineFormat format;
  private final long size;
  private String pending;
  private long line;

  private InteractionFile(SeekableByteChannel bytes, BufferedReader lines, Path path)
      throws IOException {
    this.bytes = bytes;
    this.lines = lines;
    this.size = Math.max(1, bytes.size());
    String first = nextLine();
    if (first == null) {
      throw new IOException("file is empty: file=" + path);
    }
    if (first.stripLeading().startsWith("{")) {
      format = new JsonFormat();
      pending = first;
    } else {
      try {
        format = new CsvFormat(first);
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "neither JSON lines nor CSV, %s, file=%s".formatted(e.getMessage(), path), e);
      }
    }
  }

  /** Opens a file and reads its header. */
  public static InteractionFile open(Path path) throws IOException {
    SeekableByteChannel bytes;
    try {
      bytes = Files.newByteChannel(path);
    } catch (NoSuchFileException e) {
      throw new IOException("no such file: file=" + path, e);
    }
    try {
      return new InteractionFile(bytes, reader(bytes), path);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static BufferedReader reader(SeekableByteChannel bytes) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(2);
    boolean gzip = bytes.read(magic) == 2 && (magic.getShort(0) & 0xffff) == GZIP_MAGIC;
    bytes.position(0);
    InputStream in = new BufferedInputStream(Channels.newInputStream(bytes), 1 << 16);
    return new BufferedReader(
        new InputStreamReader(
            gzip ? new GZIPInputStream(in, 1 << 16) : in, StandardCharsets.UTF_8.newDecoder()),
        1 << 16);
  }

  /**
   * The next interaction, empty at the end. Blank lines are passed over.
   *
   * @throws MalformedLineException where a line is none; the next call goes on behind it
   */
  public Optional<Interaction> next() throws IOException, MalformedLineException {
    String text = pending == null ? nextLine() : pending;
    pending = null;
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(format.parse(text));
    } catch (IllegalArgumentException e) {
      throw new MalformedLineException(e.getMessage(), line);
    }
  }

  private String nextLine() throws IOException {
    String text;
    do {
      text = lines.readLine();
      line++;
    } while (text != null && text.isBlank());
    return text;
  }

  /** Part of the file's bytes that has been read, in [0, 1]. */
  public double fraction() throws IOException {
    return (double) bytes.position() / size;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
