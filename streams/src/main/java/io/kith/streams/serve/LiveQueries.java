package io.kith.streams.serve;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** The answers from a running Kafka Streams application. Any thread. */
final class LiveQueries implements Queries {
  private final NodeAnswers nodes;
  private final SimilarAnswers similar;
  private final QualityAnswers quality;
  private final StreamAnswers stream;
  private final NameAnswers names;
  private final Optional<RecommendationAnswers> recommendations;
  private final Health health;
  private final ServeMetrics metrics;

  LiveQueries(
      NodeAnswers nodes,
      SimilarAnswers similar,
      QualityAnswers quality,
      StreamAnswers stream,
      NameAnswers names,
      Optional<RecommendationAnswers> recommendations,
      Health health,
      ServeMetrics metrics) {
    this.nodes = nodes;
    this.similar = similar;
    this.quality = quality;
    this.stream = stream;
    this.names = names;
    this.recommendations = recommendations;
    this.health = health;
    this.metrics = metrics;
  }

  /** Puts the parts together. */
  static LiveQueries of(
      KafkaStreams streams,
      HostInfo self,
      int partitions,
      ServeSettings settings,
      Absorbed absorbed,
      Restoration restoration,
      CatchUp catchUp,
      ServeMetrics metrics) {
    Cluster cluster = new StreamsCluster(streams, self, partitions);
    NodeStores stores = new StreamsStores(streams, restoration, catchUp, settings.maxStandbyLag());
    Peers peers = new PeerClient(settings.peerTimeout(), settings.token());
    NodeAnswers nodes = new NodeAnswers(cluster, stores, peers);
    Everyone everyone = new Everyone(cluster, peers);
    NameAnswers names = new NameAnswers(absorbed.names, everyone);
    QualityAnswers quality =
        new QualityAnswers(copy(streams, ServeApp.QUALITY), copy(streams, ServeApp.ALERTS));
    metrics.watch(quality);
    return new LiveQueries(
        nodes,
        new SimilarAnswers(cluster, nodes, absorbed.index, catchUp::isDone, peers),
        quality,
        new StreamAnswers(absorbed.live, everyone, System::currentTimeMillis),
        names,
        settings.recommendations()
            ? Optional.of(new RecommendationAnswers(nodes, names))
            : Optional.empty(),
        new Health(streams::state, restoration, catchUp),
        metrics);
  }

  private static QualityAnswers.Copy copy(KafkaStreams streams, String store) {
    return () ->
        streams.store(
            StoreQueryParameters.fromNameAndType(
                store, QueryableStoreTypes.<String, byte[]>keyValueStore()));
  }

  @Override
  public Reply embedding(String node, boolean forwarded) {
    return nodes.embedding(node, forwarded);
  }

  @Override
  public Reply predictions(String node, int limit, boolean forwarded) {
    return nodes.predictions(node, limit, forwarded);
  }

  @Override
  public Reply recommendations(String node, boolean forwarded) {
    return recommendations.orElseThrow(ProblemException::noLists).recommendations(node, forwarded);
  }

  @Override
  public Reply similarTo(String node, int k, boolean forwarded) {
    return similar.similarTo(node, k, forwarded);
  }

  @Override
  public Reply similarTo(VectorQuery query, boolean forwarded) {
    return similar.search(query, forwarded);
  }

  @Override
  public Reply quality(int limit) {
    return quality.quality(limit);
  }

  @Override
  public Reply alerts(int limit) {
    return quality.alerts(limit);
  }

  @Override
  public Reply stream(int limit, boolean forwarded) {
    return stream.live(limit, forwarded);
  }

  @Override
  public Reply names(List<Long> keys, boolean forwarded) {
    return Reply.ok(names.names(keys, forwarded), null);
  }

  @Override
  public Reply live() {
    return health.live();
  }

  @Override
  public Reply ready() {
    return health.ready();
  }

  @Override
  public String metrics() {
    return metrics.text();
  }
}
