package io.kith.deploy.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that a server keeps while it is away: below those that the system gives to clients, for one
 * of these would take the place of the server, or even talk to itself.
 */
final class FreePort {
  private static final int FIRST = 12_000;
  private static final int LAST = 32_000;
  private static final int TRIES = 100;

  private FreePort() {}

  /** One that nobody listens to now. */
  static int any() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        if (i == TRIES - 1) {
          throw new IOException("no port is free: first=" + FIRST + ", last=" + LAST, e);
        }
      }
    }
    throw new IllegalStateException("unreachable");
  }
}
