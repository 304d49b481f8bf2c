package io.kith.streams.serve;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** The answers from a running Kafka Streams application. Any thread. */
final class LiveQueries implements Queries {
  private final NodeAnswers nodes;
  private final SimilarAnswers similar;
  private final QualityAnswers quality;
  private final Health health;
  private final ServeMetrics metrics;

  LiveQueries(
      NodeAnswers nodes,
      SimilarAnswers similar,
      QualityAnswers quality,
      Health health,
      ServeMetrics metrics) {
    this.nodes = nodes;
    this.similar = similar;
    this.quality = quality;
    this.health = health;
    this.metrics = metrics;
  }

  /** Puts the parts together. */
  static LiveQueries of(
      KafkaStreams streams,
      HostInfo self,
      int partitions,
      ServeSettings settings,
      SimilarityIndex index,
      Restoration restoration,
      CatchUp catchUp,
      ServeMetrics metrics) {
    Cluster cluster = new StreamsCluster(streams, self, partitions);
    NodeStores stores = new StreamsStores(streams, restoration, catchUp, settings.maxStandbyLag());
    Peers peers = new PeerClient(settings.peerTimeout(), settings.token());
    NodeAnswers nodes = new NodeAnswers(cluster, stores, peers);
    QualityAnswers quality =
        new QualityAnswers(
            () ->
                streams.store(
                    StoreQueryParameters.fromNameAndType(
                        ServeApp.QUALITY, QueryableStoreTypes.<String, byte[]>keyValueStore())));
    metrics.watch(quality);
    return new LiveQueries(
        nodes,
        new SimilarAnswers(cluster, nodes, index, catchUp::isDone, peers),
        quality,
        new Health(streams::state, restoration, catchUp),
        metrics);
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
