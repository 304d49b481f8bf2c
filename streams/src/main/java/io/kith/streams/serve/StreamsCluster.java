package io.kith.streams.serve;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/** The instances as Kafka Streams knows them from its last sharing out. */
final class StreamsCluster implements Cluster {
  private static final Comparator<HostInfo> BY_ADDRESS =
      Comparator.comparing(HostInfo::host).thenComparing(HostInfo::port);

  private final KafkaStreams streams;
  private final HostInfo self;
  private final int partitions;

  StreamsCluster(KafkaStreams streams, HostInfo self, int partitions) {
    this.streams = streams;
    this.self = self;
    this.partitions = partitions;
  }

  @Override
  public HostInfo self() {
    return self;
  }

  @Override
  public Placement placement(String node) {
    KeyQueryMetadata found;
    try {
      found = streams.queryMetadataForKey(ServeApp.EMBEDDINGS, node, new StringSerializer());
    } catch (InvalidStateStoreException | IllegalStateException e) {
      throw sharedOut(e.getMessage());
    }
    if (found == null || found.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      throw sharedOut("state=" + streams.state());
    }
    List<HostInfo> standbys =
        found.standbyHosts().stream().filter(StreamsCluster::isKnown).sorted(BY_ADDRESS).toList();
    return new Placement(found.partition(), found.activeHost(), standbys);
  }

  private static ProblemException sharedOut(String why) {
    return ProblemException.unavailable(
        "the partitions are being shared out among the instances, ask again shortly: " + why,
        List.of());
  }

  private static boolean isKnown(HostInfo instance) {
    return instance.port() > 0;
  }

  @Override
  public Set<HostInfo> owners() {
    Set<HostInfo> owners = new TreeSet<>(BY_ADDRESS);
    try {
      for (StreamsMetadata instance : streams.metadataForAllStreamsClients()) {
        if (isKnown(instance.hostInfo())
            && instance.stateStoreNames().contains(ServeApp.EMBEDDINGS)) {
          owners.add(instance.hostInfo());
        }
      }
    } catch (IllegalStateException e) {
      throw sharedOut(e.getMessage());
    }
    return owners;
  }

  @Override
  public int partitions() {
    return partitions;
  }
}
