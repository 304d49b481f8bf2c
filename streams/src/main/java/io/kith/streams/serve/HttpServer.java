package io.kith.streams.serve;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.server.handlers.RequestLimit;
import io.undertow.server.handlers.RequestLimitingHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.streams.state.HostInfo;
import org.xnio.Options;

/**
 * An HTTP/1.1 server. It listens from the start, and answers 503 until it is told what to serve.
 *
 * <p>Requests of other instances have threads of their own: were they to wait behind requests that
 * wait for other instances, two busy instances could wait for each other.
 */
final class HttpServer implements AutoCloseable {
  private static final int WORKERS = 16;
  private static final int PEER_WORKERS = 8;
  private static final int AT_ONCE = 64;
  private static final int QUEUE = 256;
  private static final int READ_TIMEOUT_MS = 30_000;
  private static final int IDLE_TIMEOUT_MS = 60_000;
  private static final int STOP_WITHIN_MS = 1000;

  /** Those that have figures of their own. */
  private static final Set<String> ROUTES =
      Set.of(
          "/v1/nodes/{id}",
          "/v1/nodes/{id}/similar",
          "/v1/nodes/{id}/predictions",
          "/v1/nodes/{id}/recommendations",
          "/v1/similar",
          "/v1/quality",
          "/v1/alerts",
          StreamAnswers.LIVE,
          NameAnswers.PATH,
          "/",
          "/health/live",
          "/health/ready",
          "/metrics",
          "/openapi.json",
          "/asyncapi.json");

  private final ExecutorService peerWorkers =
      Executors.newFixedThreadPool(PEER_WORKERS, HttpServer::peerWorker);
  private final GracefulShutdownHandler gate;
  private final Undertow server;
  private final ServeMetrics metrics;
  private volatile HttpHandler api = HttpServer::starting;

  /**
   * Listens.
   *
   * @param listen port 0 for a free one
   */
  HttpServer(HostInfo listen, ServeMetrics metrics) {
    this.metrics = metrics;
    RequestLimit limit = new RequestLimit(AT_ONCE, QUEUE);
    limit.setFailureHandler(exchange -> refuse(exchange, "too many requests at once"));
    HttpHandler clients =
        new RequestLimitingHandler(limit, exchange -> exchange.dispatch(this::answer));
    gate =
        new GracefulShutdownHandler(
            exchange -> {
              if (HttpApi.isForwarded(exchange)) {
                exchange.dispatch(peerWorkers, this::answer);
              } else {
                clients.handleRequest(exchange);
              }
            });
    server =
        Undertow.builder()
            .addHttpListener(listen.port(), listen.host().replaceAll("[\\[\\]]", ""))
            .setIoThreads(2)
            .setWorkerThreads(WORKERS)
            .setSocketOption(Options.READ_TIMEOUT, READ_TIMEOUT_MS)
            .setServerOption(UndertowOptions.IDLE_TIMEOUT, IDLE_TIMEOUT_MS)
            .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, READ_TIMEOUT_MS)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_TIMEOUT_MS)
            // Paths are taken apart before they are decoded, for an id may have a slash in it.
            .setServerOption(UndertowOptions.DECODE_URL, false)
            .setHandler(gate)
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      throw new UncheckedIOException(
          "cannot listen there, set another --listen (%s): listen=%s:%d"
              .formatted(e.getMessage(), listen.host(), listen.port()),
          new IOException(e));
    }
  }

  private static Thread peerWorker(Runnable work) {
    Thread thread = new Thread(work, "peer-request");
    thread.setDaemon(true);
    return thread;
  }

  /** Where it listens, with the port that was taken. */
  InetSocketAddress address() {
    return (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
  }

  /** From now on requests go there. */
  void serve(HttpHandler handler) {
    api = handler;
  }

  private void answer(HttpServerExchange exchange) throws Exception {
    long began = System.nanoTime();
    exchange.addExchangeCompleteListener(
        (done, next) -> {
          Duration took = Duration.ofNanos(System.nanoTime() - began);
          metrics.answered(route(done.getRequestPath()), done.getStatusCode(), took);
          next.proceed();
        });
    exchange.startBlocking();
    api.handleRequest(exchange);
  }

  /** The path without ids, for there must not be a figure a node. */
  private static String route(String path) {
    if (ROUTES.contains(path)) {
      return path;
    }
    String withoutId = path.replaceFirst("^/v1/nodes/[^/]+", "/v1/nodes/{id}");
    return ROUTES.contains(withoutId) ? withoutId : "other";
  }

  private static void starting(HttpServerExchange exchange) {
    if (PageFiles.ALL.has(exchange.getRequestPath())) {
      PageFiles.ALL.send(exchange);
      return;
    }
    refuse(exchange, "the service is starting");
  }

  private static void refuse(HttpServerExchange exchange, String why) {
    Reply reply = Reply.problem(ProblemException.unavailable(why, List.of()));
    exchange.setStatusCode(reply.status());
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/problem+json");
    exchange.getResponseHeaders().put(Headers.RETRY_AFTER, 1);
    exchange.getResponseSender().send(ByteBuffer.wrap(reply.json()));
  }

  /** Lets requests that are being answered end. */
  @Override
  public void close() {
    gate.shutdown();
    try {
      gate.awaitShutdown(STOP_WITHIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop();
    peerWorkers.shutdownNow();
  }
}
