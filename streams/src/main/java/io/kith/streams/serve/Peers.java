package io.kith.streams.serve;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The other instances, asked over HTTP. What is asked so is never passed on once more. Any thread.
 */
interface Peers {
  /**
   * Asks an instance; the future fails with an {@link java.io.IOException} where it does not answer
   * in time.
   *
   * @param path with its query, as it stands in a request line
   */
  CompletableFuture<Reply> get(HostInfo instance, String path);

  /** The same, with a body. */
  CompletableFuture<Reply> post(HostInfo instance, String path, byte[] json);
}
