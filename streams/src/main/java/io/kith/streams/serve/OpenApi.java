package io.kith.streams.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of the API, a resource beside this class. */
final class OpenApi {
  private OpenApi() {}

  static byte[] document() {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: resource=openapi.json");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("not readable: resource=openapi.json", e);
    }
  }
}
