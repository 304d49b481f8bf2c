package io.kith.streams.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kith.model.Embedding;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.state.HostInfo;

/**
 * An instance with everything but Kafka: real HTTP on loopback, stores that are maps, and a
 * placement that the test decides. The first letter of a node's id is its partition: {@code a} is
 * 0.
 */
final class Instance implements AutoCloseable, Cluster, NodeStores {
  static final int PARTITIONS = 2;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  final SimilarityIndex index = new SimilarityIndex();
  final Map<String, Embedding> embeddings = new HashMap<>();
  final Map<String, List<Prediction>> predictions = new HashMap<>();
  final Map<String, Recommendation> recommendations = new HashMap<>();
  final Map<String, byte[]> quality = new TreeMap<>();
  final Map<String, byte[]> alerts = new TreeMap<>();
  final NodeNames names = new NodeNames();
  final LiveStream live;
  long now = 1_000_000;
  final Map<Integer, Placement> placements = new HashMap<>();
  final Set<HostInfo> owners = new LinkedHashSet<>();
  final Restoration restoration = new Restoration();
  final CatchUp catchUp;
  State state = State.RUNNING;
  Set<Role> silentRoles = Set.of();
  int localReads;

  private final ServeMetrics metrics = new ServeMetrics();
  private final HttpServer server = new HttpServer(new HostInfo("127.0.0.1", 0), metrics);

  Instance() {
    this(Optional.empty(), Map.of());
  }

  Instance(Optional<BearerToken> token, Map<TopicPartition, Long> ends) {
    this(token, ends, true);
  }

  /**
   * @param listed whether lists of next partners are served
   */
  Instance(Optional<BearerToken> token, Map<TopicPartition, Long> ends, boolean listed) {
    catchUp = new CatchUp(ends);
    live = new LiveStream(() -> now);
    Peers peers = new PeerClient(Duration.ofSeconds(10), token);
    NodeAnswers nodes = new NodeAnswers(this, this, peers);
    NameAnswers answeredNames = new NameAnswers(names, new Everyone(this, peers));
    QualityAnswers figures =
        new QualityAnswers(() -> new MapStore(quality), () -> new MapStore(alerts));
    metrics.watch(index);
    metrics.watch(figures);
    server.serve(
        new HttpApi(
            new LiveQueries(
                nodes,
                new SimilarAnswers(this, nodes, index, catchUp::isDone, peers),
                figures,
                new StreamAnswers(live, new Everyone(this, peers), () -> now),
                answeredNames,
                listed
                    ? Optional.of(new RecommendationAnswers(nodes, answeredNames))
                    : Optional.empty(),
                new Health(() -> state, restoration, catchUp),
                metrics),
            new HttpApi.Limits(50, 20, 4096),
            token));
  }

  /** Makes this instance the owner of everything. */
  Instance alone() {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      owns(partition, this);
      index.opened(partition);
    }
    return this;
  }

  /** Gives it three nodes, one of which has predictions. */
  Instance filled() {
    put(Clusters.embedding("a", 1, 0));
    put(Clusters.embedding("a/ä +%", 1, 0.1f));
    put(Clusters.embedding("b", 0, 1));
    predictions.put(
        "a", List.of(ServeDriver.prediction("a", "b", 2), ServeDriver.prediction("a", "c", 1)));
    return this;
  }

  /** Says who has a partition, as this instance knows it. */
  Instance owns(int partition, Instance owner, Instance... standbys) {
    List<HostInfo> others = new ArrayList<>();
    for (Instance standby : standbys) {
      others.add(standby.self());
    }
    placements.put(partition, new Placement(partition, owner.self(), others));
    owners.add(owner.self());
    return this;
  }

  void put(Embedding embedding) {
    embeddings.put(embedding.node(), embedding);
    index.put(partition(embedding.node()), embedding);
    names.put(partition(embedding.node()), embedding.node());
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send(request(path, headers).POST(BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + self().port() + path))
            .version(HttpClient.Version.HTTP_1_1);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int partition(String node) {
    return (node.charAt(0) - 'a') % PARTITIONS;
  }

  @Override
  public HostInfo self() {
    return new HostInfo("127.0.0.1", server.address().getPort());
  }

  @Override
  public Placement placement(String node) {
    return placements.get(partition(node));
  }

  @Override
  public Set<HostInfo> owners() {
    return owners;
  }

  @Override
  public int partitions() {
    return PARTITIONS;
  }

  @Override
  public Optional<Embedding> embedding(String node, int partition, Role role) {
    speak(partition, role);
    return Optional.ofNullable(embeddings.get(node));
  }

  @Override
  public List<Prediction> predictions(String node, int partition, Role role) {
    speak(partition, role);
    return predictions.getOrDefault(node, List.of());
  }

  @Override
  public Optional<Recommendation> recommendations(String node, int partition, Role role) {
    speak(partition, role);
    return Optional.ofNullable(recommendations.get(node));
  }

  private void speak(int partition, Role role) {
    localReads++;
    if (silentRoles.contains(role)) {
      throw ProblemException.restoring(partition, new Progress(10, 30));
    }
  }

  @Override
  public void close() {
    server.close();
    metrics.close();
  }
}
