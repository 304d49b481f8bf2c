package io.kith.streams.serve;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The page to watch: files in the jar, which hold no data and so need no token. Nothing is loaded
 * from elsewhere, and the browser is told to refuse it. Any thread.
 */
final class PageFiles {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final List<String> NAMES =
      List.of(
          "index.html",
          "style.css",
          "icon.svg",
          "app.js",
          "api.js",
          "charts.js",
          "format.js",
          "joint.js",
          "panels.js",
          "views.js");

  static final PageFiles ALL = new PageFiles();

  @SuppressWarnings("ArrayRecordComponent") // handed out, never compared
  private record PageFile(String type, byte[] bytes) {}

  private final Map<String, PageFile> byPath = new HashMap<>();

  private PageFiles() {
    for (String name : NAMES) {
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      byPath.put("/page/" + name, new PageFile(type, read(name)));
    }
    byPath.put("/", byPath.get("/page/index.html"));
  }

  private static byte[] read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: resource=page/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("not readable: resource=page/" + name, e);
    }
  }

  boolean has(String path) {
    return byPath.containsKey(path);
  }

  /** Answers with a file that it {@linkplain #has has}. */
  void send(HttpServerExchange exchange) {
    PageFile file = byPath.get(exchange.getRequestPath());
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, file.type());
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-cache");
    exchange.getResponseHeaders().put(new HttpString("Content-Security-Policy"), POLICY);
    exchange.getResponseHeaders().put(new HttpString("X-Content-Type-Options"), "nosniff");
    exchange.getResponseHeaders().put(new HttpString("Referrer-Policy"), "no-referrer");
    exchange.getResponseSender().send(ByteBuffer.wrap(file.bytes()));
  }
}
