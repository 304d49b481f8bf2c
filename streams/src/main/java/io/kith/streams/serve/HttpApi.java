package io.kith.streams.serve;

import io.kith.streams.AsyncApi;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/** The HTTP side: paths, parameters, limits, the token, the page, and problems as documents. */
final class HttpApi implements HttpHandler {
  /** What requests must keep to. */
  record Limits(int maxK, int maxPredictions, int maxBody) {}

  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
  private static final int MOST_WINDOWS = 10_000;
  private static final int DEFAULT_WINDOWS = 100;
  private static final int DEFAULT_LIVE = 20;
  private static final Deque<String> NONE = new ArrayDeque<>();
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  private static final HttpString FORWARDED = new HttpString(PeerClient.FORWARDED);
  private static final HttpString ROLE = new HttpString(PeerClient.ROLE);

  private final Queries queries;
  private final Limits limits;
  private final Optional<BearerToken> token;
  private final byte[] openApi = OpenApi.document();
  private final byte[] asyncApi = AsyncApi.document();

  HttpApi(Queries queries, Limits limits, Optional<BearerToken> token) {
    this.queries = queries;
    this.limits = limits;
    this.token = token;
  }

  /** Blocks: to be called by a worker thread. */
  @Override
  public void handleRequest(HttpServerExchange exchange) {
    try {
      Reply reply;
      try {
        reply = route(exchange);
      } catch (ProblemException e) {
        reply = Reply.problem(e);
      }
      if (reply != null) {
        send(exchange, reply);
      }
    } catch (IOException | RuntimeException e) {
      if (exchange.isResponseStarted()) {
        LOG.debug("answer cut short: path={}", exchange.getRequestPath(), e);
        IoUtils.safeClose(exchange.getConnection());
      } else {
        LOG.error("request failed: path={}", exchange.getRequestPath(), e);
        send(exchange, Reply.problem(ProblemException.failure()));
      }
    }
  }

  /** Null where the answer has been sent already. */
  private Reply route(HttpServerExchange exchange) throws IOException {
    String path = exchange.getRequestPath();
    if (path.equals("/health/live")) {
      return get(exchange, Set.of()).live();
    }
    if (path.equals("/health/ready")) {
      return get(exchange, Set.of()).ready();
    }
    if (PageFiles.ALL.has(path)) {
      get(exchange, Set.of());
      PageFiles.ALL.send(exchange);
      return null;
    }
    if (token.isPresent()
        && !token.get().isIn(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION))) {
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
      throw ProblemException.unauthorized();
    }
    boolean forwarded = isForwarded(exchange);
    return switch (path) {
      case "/metrics" -> {
        String text = get(exchange, Set.of()).metrics();
        send(exchange, Reply.OK, METRICS, text.getBytes(StandardCharsets.UTF_8));
        yield null;
      }
      case "/openapi.json" -> {
        get(exchange, Set.of());
        yield new Reply(Reply.OK, openApi, null);
      }
      case "/asyncapi.json" -> {
        get(exchange, Set.of());
        yield new Reply(Reply.OK, asyncApi, null);
      }
      case "/v1/quality" ->
          get(exchange, Set.of("limit"))
              .quality(number(exchange, "limit", DEFAULT_WINDOWS, MOST_WINDOWS));
      case "/v1/alerts" ->
          get(exchange, Set.of("limit"))
              .alerts(number(exchange, "limit", DEFAULT_WINDOWS, MOST_WINDOWS));
      case StreamAnswers.LIVE ->
          get(exchange, Set.of("limit")).stream(
              number(exchange, "limit", DEFAULT_LIVE, LiveStream.KEPT), forwarded);
      case NameAnswers.PATH -> get(exchange, Set.of("keys")).names(keys(exchange), forwarded);
      case SimilarAnswers.PATH ->
          queries.similarTo(body(exchange).checked(limits.maxK()), forwarded);
      default -> node(exchange, RequestPath.segments(path), forwarded);
    };
  }

  private Reply node(HttpServerExchange exchange, List<String> path, boolean forwarded) {
    if (path.size() < 3 || !path.get(0).equals("v1") || !path.get(1).equals("nodes")) {
      throw ProblemException.unknownPath(exchange.getRequestPath());
    }
    String what = path.size() == 3 ? "" : path.size() == 4 ? path.get(3) : "/";
    return switch (what) {
      case "" -> get(exchange, Set.of()).embedding(RequestPath.node(path.get(2)), forwarded);
      case "similar" ->
          get(exchange, Set.of("k"))
              .similarTo(
                  RequestPath.node(path.get(2)),
                  number(
                      exchange, "k", Math.min(VectorQuery.DEFAULT_K, limits.maxK()), limits.maxK()),
                  forwarded);
      case "predictions" ->
          get(exchange, Set.of("limit"))
              .predictions(
                  RequestPath.node(path.get(2)),
                  number(exchange, "limit", limits.maxPredictions(), limits.maxPredictions()),
                  forwarded);
      case "recommendations" ->
          get(exchange, Set.of()).recommendations(RequestPath.node(path.get(2)), forwarded);
      default -> throw ProblemException.unknownPath(exchange.getRequestPath());
    };
  }

  static boolean isForwarded(HttpServerExchange exchange) {
    return exchange.getRequestHeaders().contains(FORWARDED);
  }

  /** The queries, for a request that may read and has no parameter but these. */
  private Queries get(HttpServerExchange exchange, Set<String> parameters) {
    String method = exchange.getRequestMethod().toString();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
      throw ProblemException.method(method, "GET");
    }
    for (String name : exchange.getQueryParameters().keySet()) {
      if (!parameters.contains(name)) {
        throw ProblemException.parameter(
            name,
            exchange.getQueryParameters().get(name).peekFirst(),
            parameters.isEmpty() ? "left out" : "one of " + parameters);
      }
    }
    return queries;
  }

  private static int number(HttpServerExchange exchange, String name, int preset, int most) {
    Map<String, Deque<String>> given = exchange.getQueryParameters();
    if (!given.containsKey(name)) {
      return preset;
    }
    String value = String.join(",", given.get(name));
    if (value.matches("\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    }
    throw ProblemException.parameter(name, value, "a whole number from 1 to " + most);
  }

  private static List<Long> keys(HttpServerExchange exchange) {
    String value = String.join(",", exchange.getQueryParameters().getOrDefault("keys", NONE));
    try {
      List<Long> keys = Arrays.stream(value.split(",", -1)).map(Long::valueOf).toList();
      if (keys.size() <= NameAnswers.MOST_KEYS) {
        return keys;
      }
    } catch (NumberFormatException e) {
      // As any other that is no list of keys.
    }
    throw ProblemException.parameter(
        "keys",
        value,
        "1 to " + NameAnswers.MOST_KEYS + " whole numbers of 64 bits, separated by commas");
  }

  private VectorQuery body(HttpServerExchange exchange) throws IOException {
    String method = exchange.getRequestMethod().toString();
    if (!method.equals("POST")) {
      exchange.getResponseHeaders().put(Headers.ALLOW, "POST");
      throw ProblemException.method(method, "POST");
    }
    if (exchange.getRequestContentLength() > limits.maxBody()) {
      exchange.setPersistent(false);
      throw ProblemException.tooLarge(exchange.getRequestContentLength(), limits.maxBody());
    }
    byte[] json;
    try (InputStream in = exchange.getInputStream()) {
      json = in.readNBytes(limits.maxBody() + 1);
      if (json.length > limits.maxBody()) {
        exchange.setPersistent(false);
        throw ProblemException.tooLarge(-1, limits.maxBody());
      }
    }
    VectorQuery query;
    try {
      query = Json.read(json, VectorQuery.class);
    } catch (IOException e) {
      query = null;
    }
    if (query == null) {
      throw ProblemException.parameter(
          "body",
          "length " + json.length,
          "a JSON object with modelVersion, vector and, if wanted, k and except");
    }
    return query;
  }

  private static void send(HttpServerExchange exchange, Reply reply) {
    if (reply.role() != null) {
      exchange.getResponseHeaders().put(ROLE, reply.role());
    }
    boolean health = exchange.getRequestPath().startsWith("/health/");
    if (reply.status() == Reply.UNAVAILABLE) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, 1);
    }
    boolean problem = reply.status() != Reply.OK && !health;
    send(exchange, reply.status(), problem ? PROBLEM : JSON, reply.json());
  }

  private static void send(HttpServerExchange exchange, int status, String type, byte[] body) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseSender().send(ByteBuffer.wrap(body));
  }
}
