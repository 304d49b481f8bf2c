package io.kith.streams.serve;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.state.HostInfo;

/** Asks other instances with the HTTP client of the JDK. */
final class PeerClient implements Peers {
  /** Marks a request of another instance. */
  static final String FORWARDED = "Kith-Forwarded";

  /** Says in what capacity an instance answers. */
  static final String ROLE = "Kith-Replica";

  private final HttpClient client;
  private final Duration timeout;
  private final Optional<BearerToken> token;

  PeerClient(Duration timeout, Optional<BearerToken> token) {
    this.timeout = timeout;
    this.token = token;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public CompletableFuture<Reply> get(HostInfo instance, String path) {
    return send(request(instance, path).GET());
  }

  @Override
  public CompletableFuture<Reply> post(HostInfo instance, String path, byte[] json) {
    return send(
        request(instance, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json)));
  }

  private HttpRequest.Builder request(HostInfo instance, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://" + instance.host() + ":" + instance.port() + path))
            .timeout(timeout)
            .header(FORWARDED, "1");
    token.ifPresent(secret -> request.header("Authorization", secret.header()));
    return request;
  }

  private CompletableFuture<Reply> send(HttpRequest.Builder request) {
    return client
        .sendAsync(request.build(), BodyHandlers.ofByteArray())
        .thenApply(PeerClient::reply);
  }

  private static Reply reply(HttpResponse<byte[]> response) {
    return new Reply(
        response.statusCode(), response.body(), response.headers().firstValue(ROLE).orElse(null));
  }
}
